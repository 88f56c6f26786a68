using System.Text.Json.Nodes;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>One authenticated connection, seen from either side. Method paths have dots: <c>boxes.cells</c>.</summary>
public sealed class StackPeer : IAsyncDisposable
{
    /// <summary>The other side's long-term key.</summary>
    public Ed25519PublicKey RemoteKey => throw new NotSupportedException();

    /// <summary>Where the other side is, for the host's own eyes; empty if unknown.</summary>
    public string RemoteAddress => throw new NotSupportedException();

    /// <summary>True on the side that dialled.</summary>
    public bool IsClient => throw new NotSupportedException();

    /// <summary>Ends when the connection has ended, with the reason; never faults.</summary>
    public Task<StackError> Completion => throw new NotSupportedException();

    /// <summary>Calls an async or sync method.</summary>
    /// <exception cref="RpcException">The other side answered with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the answer is not what it says it is.</exception>
    public ValueTask<RpcValue> CallAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Opens a stream of items from the other side; disposing it early cancels it.</summary>
    public ValueTask<RpcDuplex> OpenSourceAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Opens a stream of items to the other side; after <see cref="RpcDuplex.CompleteAsync"/>, reading answers null when it took the last one.</summary>
    public ValueTask<RpcDuplex> OpenSinkAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Opens a stream of items both ways.</summary>
    public ValueTask<RpcDuplex> OpenDuplexAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Lets open calls end, says goodbye and closes; not longer than twice <see cref="StackOptions.CloseTimeout"/>.</summary>
    public ValueTask CloseAsync() => throw new NotSupportedException();

    /// <summary>Fails all open calls, says goodbye and closes.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
