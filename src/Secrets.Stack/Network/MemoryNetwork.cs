using System.Collections.Concurrent;

namespace Secrets.Stack;

/// <summary>A network within the program: whoever listens at an address of it can be dialled there by those who have it as their network.</summary>
public sealed class MemoryNetwork : IStackNetwork, IStackServer
{
    private readonly ConcurrentDictionary<StackEndpoint, Func<IDuplexConnection, Task>> _listeners = new();

    /// <inheritdoc/>
    public bool CanDial(StackEndpoint endpoint) => true;

    /// <inheritdoc/>
    public bool CanListen(StackEndpoint endpoint) => true;

    /// <inheritdoc/>
    public ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (!_listeners.TryGetValue(endpoint, out var serve))
            throw new StackException(StackError.Unreachable);
        var (near, far) = DuplexPair.Create();
        // it never faults, and the node keeps track of it
        _ = Task.Run(() => serve(far), CancellationToken.None);
        return ValueTask.FromResult(near);
    }

    /// <inheritdoc/>
    public ValueTask<IStackListener> ListenAsync(StackEndpoint endpoint, Func<IDuplexConnection, Task> serve, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(serve);
        if (!_listeners.TryAdd(endpoint, serve))
            throw new IOException("The address is taken.");
        return ValueTask.FromResult<IStackListener>(new Listener(this, endpoint));
    }

    private sealed class Listener(MemoryNetwork network, StackEndpoint endpoint) : IStackListener
    {
        public StackEndpoint Endpoint { get; } = endpoint;

        public ValueTask DisposeAsync()
        {
            _ = network._listeners.TryRemove(Endpoint, out _);
            return ValueTask.CompletedTask;
        }
    }
}
