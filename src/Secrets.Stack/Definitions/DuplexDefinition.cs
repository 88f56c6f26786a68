namespace Secrets.Stack;

/// <summary>A method with items both ways.</summary>
public sealed class DuplexDefinition<TIn, TOut> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.lines</c>.</summary>
    /// <exception cref="ArgumentException">It is no path.</exception>
    public DuplexDefinition(string path, string description = "") : base(path, description, 0, [])
    {
    }

    /// <summary>The method of a plugin.</summary>
    public RpcMethod Serve(Func<IAsyncEnumerable<TIn>, RpcCall, IAsyncEnumerable<TOut>> function) => Define(Rpc.Duplex(function));

    /// <summary>Sends items to the other side and gives those that come back; leaving the loop cancels both directions.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or an item is of another type.</exception>
    public IAsyncEnumerable<TOut> CallAsync(StackPeer peer, IAsyncEnumerable<TIn> items, CancellationToken cancellationToken = default) =>
        Checked(peer).DuplexAsync<TIn, TOut>(Path, [], items, cancellationToken);
}
