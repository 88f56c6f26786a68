using System.Threading.Channels;

namespace Secrets.Client.Engine;

/// <summary>The one owner of all protocol state: runs one piece of work after the other.</summary>
/// <remarks>
/// The queue has no bound of its own; what feeds it has: one command per caller, a bounded number of requests and one bell
/// per relay, one timer. So it can't grow by what others send.
/// </remarks>
internal sealed class Loop : IAsyncDisposable
{
    private readonly Channel<Func<ValueTask>> _work = Channel.CreateUnbounded<Func<ValueTask>>();
    private readonly Task _running;
    private readonly Action<Exception> _failed;

    public Loop(Action<Exception> failed)
    {
        _failed = failed;
        _running = Task.Run(RunAsync);
    }

    /// <summary>How much is queued.</summary>
    public int Count => _work.Reader.Count;

    /// <summary>Queues work that nobody waits for.</summary>
    public void Post(Func<ValueTask> work) => _ = _work.Writer.TryWrite(work);

    /// <inheritdoc cref="Post(Func{ValueTask})"/>
    public void Post(Action work) => Post(() =>
    {
        work();
        return ValueTask.CompletedTask;
    });

    /// <summary>Queues work; ends when it was done, or is never going to be. What waits for it goes on where the work ended.</summary>
    public Task PostAsync(Action work)
    {
        var done = new TaskCompletionSource();
        var queued = _work.Writer.TryWrite(() =>
        {
            try
            {
                work();
            }
            finally
            {
                _ = done.TrySetResult();
            }
            return ValueTask.CompletedTask;
        });
        return queued ? done.Task : Task.CompletedTask;
    }

    /// <summary>Runs work on the loop and gives its result, or its refusal, to the caller.</summary>
    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = _work.Writer.TryWrite(async () =>
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _ = done.TrySetCanceled(cancellationToken);
                return;
            }
            try
            {
                _ = done.TrySetResult(await work().ConfigureAwait(false));
            }
#pragma warning disable CA1031 // whatever it is, it belongs to the caller
            catch (Exception refusal)
#pragma warning restore CA1031
            {
                _ = done.TrySetException(refusal);
            }
        });
        ObjectDisposedException.ThrowIf(!queued, this);
        return await done.Task.ConfigureAwait(false);
    }

    /// <summary>Finishes what is queued and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = _work.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await work().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // one piece's failure must not stop the others
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failed(failure);
            }
        }
    }
}
