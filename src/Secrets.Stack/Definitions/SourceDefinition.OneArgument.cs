namespace Secrets.Stack;

/// <summary>A method with an argument that sends items to its caller.</summary>
public sealed class SourceDefinition<T, TItem> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.lines</c>, with the name and description of its argument for <c>help</c>.</summary>
    /// <exception cref="ArgumentException">It is no path, or there are names for another number of arguments.</exception>
    public SourceDefinition(string path, string description = "", params ReadOnlySpan<(string Name, string Description)> arguments) : base(path, description, 1, arguments)
    {
    }

    /// <summary>The method of a plugin.</summary>
    public RpcMethod Serve(Func<T, RpcCall, IAsyncEnumerable<TItem>> function) => Define(Rpc.Source(function));

    /// <summary>Its items, from the other side; leaving the loop cancels it.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or an item is of another type.</exception>
    public IAsyncEnumerable<TItem> CallAsync(StackPeer peer, T argument, CancellationToken cancellationToken = default) =>
        peer.SourceAsync<TItem>(Path, Pack(CodecOf(peer), argument), cancellationToken);
}
