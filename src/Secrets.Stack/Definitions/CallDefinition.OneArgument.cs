namespace Secrets.Stack;

/// <summary>A method with an argument and one answer.</summary>
public sealed class CallDefinition<T, TResult> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.say</c>, with the name and description of its argument for <c>help</c>.</summary>
    /// <exception cref="ArgumentException">It is no path, or there are names for another number of arguments.</exception>
    public CallDefinition(string path, string description = "", params ReadOnlySpan<(string Name, string Description)> arguments) : base(path, description, 1, arguments)
    {
    }

    /// <summary>The method of a plugin, whose answer comes later.</summary>
    public RpcMethod Serve(Func<T, RpcCall, ValueTask<TResult>> function) => Define(Rpc.Async(function));

    /// <summary>The method of a plugin, whose answer is there at once.</summary>
    public RpcMethod ServeSync(Func<T, RpcCall, TResult> function) => Define(Rpc.Sync(function));

    /// <summary>Calls it on the other side.</summary>
    /// <exception cref="RpcException">The other side answered with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the answer is of another type.</exception>
    public ValueTask<TResult> CallAsync(StackPeer peer, T argument, CancellationToken cancellationToken = default) =>
        peer.CallAsync<TResult>(Path, Pack(CodecOf(peer), argument), cancellationToken);

    /// <summary>Calls it on this node itself, as plugins call each other.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    /// <exception cref="RpcException">The method failed.</exception>
    public ValueTask<TResult> CallAsync(StackNode node, T argument, CancellationToken cancellationToken = default) =>
        node.CallAsync<TResult>(Path, Pack(CodecOf(node), argument), cancellationToken);
}
