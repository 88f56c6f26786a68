namespace Secrets.Stack;

/// <summary>A method that takes items from its caller.</summary>
public sealed class SinkDefinition<TItem> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.lines</c>.</summary>
    /// <exception cref="ArgumentException">It is no path.</exception>
    public SinkDefinition(string path, string description = "") : base(path, description, 0, [])
    {
    }

    /// <summary>The method of a plugin.</summary>
    public RpcMethod Serve(Func<IAsyncEnumerable<TItem>, RpcCall, ValueTask> function) => Define(Rpc.Sink(function));

    /// <summary>Sends items to the other side; ends when it has taken all of them.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the other side had enough.</exception>
    public ValueTask CallAsync(StackPeer peer, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken = default) =>
        Checked(peer).SinkAsync(Path, [], items, cancellationToken);
}
