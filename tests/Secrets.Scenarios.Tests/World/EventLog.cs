using System.Collections.Concurrent;
using Secrets.Client.Events;

namespace Secrets.Scenarios.Tests;

/// <summary>Listens to a client from now on.</summary>
internal sealed class EventLog : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ClientEventKind> _kinds = new();
    private readonly SemaphoreSlim _heard = new(0);

    public EventLog(Person person)
    {
        var events = person.Client.ListenAsync(_stop.Token);
        _ = ListenAsync(events, person.World);
    }

    public IReadOnlyCollection<ClientEventKind> Kinds => _kinds;

    /// <summary>Waits until this was heard so often: events come by themselves, perhaps a moment after the world has settled.</summary>
    public async Task HearAsync(ClientEventKind kind, int times = 1)
    {
        while (_kinds.Count(heard => heard == kind) < times)
            Assert.True(await _heard.WaitAsync(World.RealLimit), $"{kind} did not happen");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task ListenAsync(IAsyncEnumerable<ClientEvent> events, World world)
    {
        try
        {
            await foreach (var happened in events)
            {
                _kinds.Enqueue(happened.Kind);
                world.NoteActivity();
                _ = _heard.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }
}
