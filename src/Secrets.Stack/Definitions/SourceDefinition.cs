namespace Secrets.Stack;

/// <summary>A method that sends items to its caller.</summary>
public sealed class SourceDefinition<TItem> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.lines</c>.</summary>
    /// <exception cref="ArgumentException">It is no path.</exception>
    public SourceDefinition(string path, string description = "") : base(path, description, 0, [])
    {
    }

    /// <summary>The method of a plugin.</summary>
    public RpcMethod Serve(Func<RpcCall, IAsyncEnumerable<TItem>> function) => Define(Rpc.Source(function));

    /// <summary>Its items, from the other side; leaving the loop cancels it.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or an item is of another type.</exception>
    public IAsyncEnumerable<TItem> CallAsync(StackPeer peer, CancellationToken cancellationToken = default) =>
        Checked(peer).SourceAsync<TItem>(Path, [], cancellationToken);
}
