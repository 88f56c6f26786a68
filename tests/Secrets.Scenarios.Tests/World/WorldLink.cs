using System.Runtime.CompilerServices;
using Secrets.Client.Network;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>A connection in memory. Everything continues on the thread that caused it, so that a run can be repeated.</summary>
internal sealed class WorldLink(MemoryRelay relay, Person person) : IRelayLink
{
    private readonly Queue<byte[]> _bells = new();
    private readonly TaskCompletionSource _closed = new();
    private TaskCompletionSource? _heard;

    public Person Person { get; } = person;

    /// <summary>Bells that were sent and that the client has not taken from the connection.</summary>
    public int WaitingBells
    {
        get
        {
            lock (_bells)
                return _bells.Count;
        }
    }

    public Task Closed => _closed.Task;

    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (_closed.Task.IsCompleted || !Person.IsOnline)
            throw new RelayException(isTransient: true);
        var cell = request.ToArray();
        Person.World.Note(relay, Person, cell);
        var delay = relay.Behaviour.Delay(this, cell);
        if (delay > TimeSpan.Zero)
            await UnlessClosedAsync(Task.Delay(delay, Person.World.Time, cancellationToken)).ConfigureAwait(false);
        var answer = relay.Behaviour.Answer(relay, this, cell);
        if (answer is null)
            await UnlessClosedAsync(Task.Delay(Timeout.InfiniteTimeSpan, Person.World.Time, cancellationToken)).ConfigureAwait(false);
        if (answer is { Length: 0 })
        {
            Close();
            throw new RelayException(isTransient: true);
        }
        return answer;
    }

    public ValueTask<ReadOnlyMemory<byte>> GetTurnAsync(CancellationToken cancellationToken) => ValueTask.FromResult(relay.Turn);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> BellsAsync(ulong after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var bell in relay.BellsAfter(after))
            Hear(bell);
        while (true)
        {
            TaskCompletionSource heard;
            byte[]? next;
            lock (_bells)
            {
                _ = _bells.TryDequeue(out next);
                heard = _heard = new TaskCompletionSource();
            }
            if (next is not null)
            {
                yield return next;
                continue;
            }
            if (_closed.Task.IsCompleted)
                yield break;
            using (cancellationToken.Register(() => heard.TrySetCanceled(cancellationToken)))
                await heard.Task.ConfigureAwait(false);
        }
    }

    public void Hear(Bell bell)
    {
        if (relay.Behaviour.Ring(relay, this, bell) is { } encoded)
            Hear(encoded);
    }

    public void Hear(byte[] encoded)
    {
        TaskCompletionSource? heard;
        lock (_bells)
        {
            _bells.Enqueue(encoded);
            heard = _heard;
        }
        Person.World.NoteActivity();
        _ = heard?.TrySetResult();
    }

    public void Close()
    {
        lock (relay.Gate)
            _ = relay.Links.Remove(this);
        Person.World.NoteActivity();
        _ = _closed.TrySetResult();
        _ = _heard?.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task UnlessClosedAsync(Task task)
    {
        _ = await Task.WhenAny(task, _closed.Task).ConfigureAwait(false);
        if (_closed.Task.IsCompleted)
            throw new RelayException(isTransient: true);
        await task.ConfigureAwait(false);
    }
}
