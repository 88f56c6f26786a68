using System.IO.Pipelines;
using System.Net;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>A node: plugins, and the connections that others make to it or it makes to others.</summary>
public sealed class StackNode : IAsyncDisposable
{
    /// <summary>A node that offers these plugins, and <c>manifest</c>.</summary>
    public StackNode(StackOptions options, params ReadOnlySpan<Plugin> plugins) => throw new NotSupportedException();

    /// <summary>The node's own key.</summary>
    public Ed25519PublicKey PublicKey => throw new NotSupportedException();

    /// <summary>Decides, within the handshake, what a client may do; null refuses it. Not set: everybody is anonymous.</summary>
    public Func<Ed25519PublicKey, CancellationToken, ValueTask<StackPermissions?>>? Authorize { get; init; }

    /// <summary>Sees each connection that is authenticated, before its first packet.</summary>
    public Action<StackPeer>? Connected { get; init; }

    /// <summary>Connections at this moment.</summary>
    public int ConnectionCount => throw new NotSupportedException();

    /// <summary>Serves one connection that came in, until it ends; never throws for what the other side does.</summary>
    public Task<StackError> AcceptAsync(IDuplexPipe connection, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Listens on TCP until the listener or the node is disposed.</summary>
    public StackListener ListenTcp(IPEndPoint endpoint) => throw new NotSupportedException();

    /// <summary>Connects to another node, offering the plugins of this one to it as to everybody.</summary>
    public ValueTask<StackPeer> ConnectAsync(MultiserverAddress address, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Stops listening and closes all connections gracefully.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
