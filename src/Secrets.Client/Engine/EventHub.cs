using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Secrets.Client.Engine;

/// <summary>Hands each event to everyone who listens.</summary>
/// <remarks>
/// A listener that does not keep up loses its oldest events, never the engine its pace: events say that something changed, and
/// the listener can always ask for how it is now.
/// </remarks>
/// <typeparam name="TEvent">What happens.</typeparam>
internal sealed class EventHub<TEvent>
{
    private const int Backlog = 10_000;

    private readonly Lock _gate = new();
    private readonly List<Channel<TEvent>> _listeners = [];
    private bool _completed;

    public void Publish(TEvent happened)
    {
        lock (_gate)
        {
            foreach (var listener in _listeners)
                _ = listener.Writer.TryWrite(happened);
        }
    }

    /// <summary>Ends every stream of events.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            foreach (var listener in _listeners)
                _ = listener.Writer.TryComplete();
        }
    }

    /// <summary>Listens from now on: what happens after the call is not missed, even before the first item is asked for.</summary>
    public IAsyncEnumerable<TEvent> ListenAsync(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<TEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            if (_completed)
                _ = channel.Writer.TryComplete();
            _listeners.Add(channel);
        }
        return ReadAsync(channel, cancellationToken);
    }

    private async IAsyncEnumerable<TEvent> ReadAsync(Channel<TEvent> channel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return happened;
        }
        finally
        {
            lock (_gate)
                _ = _listeners.Remove(channel);
        }
    }
}
