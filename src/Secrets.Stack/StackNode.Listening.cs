using System.IO.Pipelines;
using System.Net;
using System.Runtime.Versioning;

namespace Secrets.Stack;

/// <content>Connections that come in, and where they come in.</content>
public sealed partial class StackNode
{
    private readonly List<(StackScopes Scopes, IStackListener Listener)> _listeners = [];
    private readonly HashSet<IStackListener> _tcpListeners = [];

    /// <summary>The address for programs on this device, or else for others; null if the node doesn't listen.</summary>
    public MultiserverAddress? Address => GetAddress(StackScopes.Device) ?? GetAddress(StackScopes.All);

    /// <summary>The address for peers of a scope, with all ways to the node; null if there is none.</summary>
    public MultiserverAddress? GetAddress(StackScopes scope)
    {
        StackEndpoint[] endpoints;
        lock (_gate)
        {
            endpoints = [.. _listeners.Where(listening => (listening.Scopes & scope) != 0)
                .SelectMany(listening => LocalHosts.Expand(listening.Listener.Endpoint, scope & listening.Scopes, _nodeOptions?.ExternalHost))
                .Distinct().Take(MultiserverAddress.MaxEndpoints)];
        }

        return endpoints.Length == 0 ? null : new MultiserverAddress(PublicKey, endpoints);
    }

    /// <summary>Serves one connection that came in, and disposes it; ends when it has ended, never throws for what the other side does.</summary>
    public async Task<StackError> AcceptAsync(IDuplexPipe connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (Interlocked.Increment(ref _connections) > Options.MaxConnections)
        {
            _ = Interlocked.Decrement(ref _connections);
            return await RefuseAsync(connection, StackError.TooManyConnections).ConfigureAwait(false);
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
            return await RefuseAsync(connection, exception.Error).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever a connection throws ends this connection, and nothing else
        catch (Exception)
        {
            return await RefuseAsync(connection, StackError.HandshakeClosed).ConfigureAwait(false);
        }
#pragma warning restore CA1031
        finally
        {
            _ = Interlocked.Decrement(ref _connections);
        }
    }

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
            var listener = new StackListener(endpoint, serve, Forget);
            _ = _tcpListeners.Add(listener);
            return listener;
        }
    }

    /// <summary>Listens where the options say.</summary>
    internal async Task ListenAsync(CancellationToken cancellationToken)
    {
        foreach (var (scopes, address) in _nodeOptions!.ListenAddresses)
        {
            if (!MultiserverAddress.TryParseListening(address, out var endpoint))
                throw new ArgumentException("Not an address to listen at.");
            var server = _stack.Servers.Append(StackNetwork.Servers).FirstOrDefault(server => server.CanListen(endpoint))
                ?? throw new ArgumentException("Nothing here listens at such an address.");
            var listener = await server.ListenAsync(endpoint, connection => AcceptAsync(connection), cancellationToken).ConfigureAwait(false);
            lock (_gate)
                _listeners.Add((scopes, listener));
        }
    }

    [UnsupportedOSPlatform("browser")]
    private void Forget(StackListener listener)
    {
        lock (_gate)
            _ = _tcpListeners.Remove(listener);
    }

    private async Task<StackPeer> AuthenticateAsync(IDuplexPipe connection, CancellationToken cancellationToken)
    {
        var (session, permissions) = await ShsHandshake.AcceptAsync(connection, Options, Keys, AuthorizeAsync, cancellationToken).ConfigureAwait(false);
        var peer = new StackPeer(this, permissions, connection, session, isClient: false);
        _ = Begin(peer);
        return peer;
    }

    private async Task<StackError> RefuseAsync(IDuplexPipe connection, StackError error)
    {
        await connection.CloseAsync().ConfigureAwait(false);
        StackMetrics.Refused(isClient: false, error);
        Raise(() => Refused?.Invoke(error));
        return error;
    }
}
