namespace Secrets.Stack;

/// <summary>A method with no argument and one answer.</summary>
public sealed class CallDefinition<TResult> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.say</c>.</summary>
    /// <exception cref="ArgumentException">It is no path.</exception>
    public CallDefinition(string path, string description = "") : base(path, description, 0, [])
    {
    }

    /// <summary>The method of a plugin, whose answer comes later.</summary>
    public RpcMethod Serve(Func<RpcCall, ValueTask<TResult>> function) => Define(Rpc.Async(function));

    /// <summary>The method of a plugin, whose answer is there at once.</summary>
    public RpcMethod ServeSync(Func<RpcCall, TResult> function) => Define(Rpc.Sync(function));

    /// <summary>Calls it on the other side.</summary>
    /// <exception cref="RpcException">The other side answered with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the answer is of another type.</exception>
    public ValueTask<TResult> CallAsync(StackPeer peer, CancellationToken cancellationToken = default) =>
        Checked(peer).CallAsync<TResult>(Path, [], cancellationToken);

    /// <summary>Calls it on this node itself, as plugins call each other.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    /// <exception cref="RpcException">The method failed.</exception>
    public ValueTask<TResult> CallAsync(StackNode node, CancellationToken cancellationToken = default) =>
        Checked(node).CallAsync<TResult>(Path, [], cancellationToken);
}
