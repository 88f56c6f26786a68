namespace Secrets.Stack;

/// <summary>A method with two arguments and one answer.</summary>
public sealed class CallDefinition<T1, T2, TResult> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.say</c>, with the names and descriptions of its arguments for <c>help</c>.</summary>
    /// <exception cref="ArgumentException">It is no path, or there are names for another number of arguments.</exception>
    public CallDefinition(string path, string description = "", params ReadOnlySpan<(string Name, string Description)> arguments) : base(path, description, 2, arguments)
    {
    }

    /// <summary>The method of a plugin, whose answer comes later.</summary>
    public RpcMethod Serve(Func<T1, T2, RpcCall, ValueTask<TResult>> function) => Define(Rpc.Async(function));

    /// <summary>The method of a plugin, whose answer is there at once.</summary>
    public RpcMethod ServeSync(Func<T1, T2, RpcCall, TResult> function) => Define(Rpc.Sync(function));

    /// <summary>Calls it on the other side.</summary>
    /// <exception cref="RpcException">The other side answered with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the answer is of another type.</exception>
    public ValueTask<TResult> CallAsync(StackPeer peer, T1 first, T2 second, CancellationToken cancellationToken = default) =>
        peer.CallAsync<TResult>(Path, Pack(CodecOf(peer), first, second), cancellationToken);

    /// <summary>Calls it on this node itself, as plugins call each other.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    /// <exception cref="RpcException">The method failed.</exception>
    public ValueTask<TResult> CallAsync(StackNode node, T1 first, T2 second, CancellationToken cancellationToken = default) =>
        node.CallAsync<TResult>(Path, Pack(CodecOf(node), first, second), cancellationToken);
}
