using System.IO.Pipelines;
using System.Net;
using System.Runtime.Versioning;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>A node: plugins, and the connections that others make to it or it makes to others.</summary>
/// <remarks>Spec: docs/protocol/stack.md §4.5.</remarks>
public sealed class StackNode : IAsyncDisposable
{
    private readonly StackOptions _options;
    private readonly MethodTable _methods;
    private readonly Lock _gate = new();
    private readonly HashSet<StackPeer> _peers = [];
    private readonly HashSet<IAsyncDisposable> _listeners = [];
    private readonly CancellationTokenSource _stopping = new();
    private int _connections;
    private bool _isStopped;

    /// <summary>A node that offers these plugins, and <c>manifest</c>.</summary>
    /// <exception cref="ArgumentException">Two methods have one path.</exception>
    public StackNode(StackOptions options, params ReadOnlySpan<Plugin> plugins)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _methods = new MethodTable(plugins);
    }

    /// <summary>The node's own key.</summary>
    public Ed25519PublicKey PublicKey => _options.Keys.PublicKey;

    /// <summary>Decides, within the handshake, what a client may do; null refuses it. Not set: everybody is anonymous.</summary>
    public Func<Ed25519PublicKey, CancellationToken, ValueTask<StackPermissions?>>? Authorize { get; init; }

    /// <summary>Sees each connection that is authenticated, before its first packet. It must not block or throw.</summary>
    public Action<StackPeer>? Connected { get; init; }

    /// <summary>Connections at this moment, those in their handshake included.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    /// <summary>Serves one connection that came in, and disposes it; ends when it has ended, never throws for what the other side does.</summary>
    public async Task<StackError> AcceptAsync(IDuplexPipe connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (Interlocked.Increment(ref _connections) > _options.MaxConnections)
        {
            _ = Interlocked.Decrement(ref _connections);
            await CloseAsync(connection).ConfigureAwait(false);
            return StackError.TooManyConnections;
        }

        try
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellationToken);
            var peer = await AuthenticateAsync(connection, linked.Token).ConfigureAwait(false);
            using var ending = linked.Token.UnsafeRegister(static state => ((StackPeer)state!).Stop(StackError.Closed), peer);
            return await peer.Completion.ConfigureAwait(false);
        }
        catch (StackException exception)
        {
            await CloseAsync(connection).ConfigureAwait(false);
            return exception.Error;
        }
#pragma warning disable CA1031 // whatever a connection throws ends this connection, and nothing else
        catch (Exception)
        {
            await CloseAsync(connection).ConfigureAwait(false);
            return StackError.HandshakeClosed;
        }
#pragma warning restore CA1031
        finally
        {
            _ = Interlocked.Decrement(ref _connections);
        }
    }

    /// <summary>Listens on TCP until the listener or the node is disposed.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken, or not ours to use.</exception>
    [UnsupportedOSPlatform("browser")]
    public StackListener ListenTcp(IPEndPoint endpoint) => ListenTcp(endpoint, connection => AcceptAsync(connection));

    /// <summary>Listens on TCP for a host that looks at each connection first, then hands it to <see cref="AcceptAsync"/> or disposes it. It must not throw.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken, or not ours to use.</exception>
    [UnsupportedOSPlatform("browser")]
    public StackListener ListenTcp(IPEndPoint endpoint, Func<IDuplexConnection, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(serve);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            var listener = new StackListener(this, endpoint, serve);
            _ = _listeners.Add(listener);
            return listener;
        }
    }

    /// <summary>Connects to another node, offering the plugins of this one to it as to everybody.</summary>
    /// <exception cref="StackException">No alternative of the address can be dialled and answers; the error is the last one's.</exception>
    public async ValueTask<StackPeer> ConnectAsync(MultiserverAddress address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var peer = await StackDialer.ConnectAsync(address, _options, _methods, cancellationToken).ConfigureAwait(false);
        Begin(peer);
        return peer;
    }

    /// <summary>Stops listening and closes all connections gracefully, within <see cref="StackOptions.CloseTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        IAsyncDisposable[] listeners;
        StackPeer[] peers;
        lock (_gate)
        {
            _isStopped = true;
            listeners = [.. _listeners];
            peers = [.. _peers];
        }

        foreach (var listener in listeners)
            await listener.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(peers.Select(static peer => peer.CloseAsync().AsTask())).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
    }

    internal void Forget(IAsyncDisposable listener)
    {
        lock (_gate)
            _ = _listeners.Remove(listener);
    }

    private void Forget(StackPeer peer)
    {
        lock (_gate)
            _ = _peers.Remove(peer);
    }

    private async Task<StackPeer> AuthenticateAsync(IDuplexPipe connection, CancellationToken cancellationToken)
    {
        var (session, permissions) = await ShsHandshake.AcceptAsync(connection, _options, Authorize, cancellationToken).ConfigureAwait(false);
        var peer = new StackPeer(_options, _methods, permissions, connection, session, isClient: false);
        Begin(peer);
        return peer;
    }

    private void Begin(StackPeer peer)
    {
        lock (_gate)
            _ = _peers.Add(peer);
        peer.WhenEnded(Forget);
        try
        {
            Connected?.Invoke(peer);
        }
        finally
        {
            // a peer that never starts would never end
            peer.Start();
        }
    }

    private static async Task CloseAsync(IDuplexPipe connection)
    {
        try
        {
            await connection.Output.CompleteAsync().ConfigureAwait(false);
            await connection.Input.CompleteAsync().ConfigureAwait(false);
            if (connection is IAsyncDisposable disposable)
                await disposable.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // closing what is broken may fail; it is closed all the same
        catch (Exception)
        {
            return;
        }
#pragma warning restore CA1031
    }
}
