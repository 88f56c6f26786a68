namespace Secrets.Stack;

/// <summary>A method with an argument that takes items from its caller.</summary>
public sealed class SinkDefinition<T, TItem> : MethodDefinition
{
    /// <summary>A method at a path such as <c>chat.lines</c>, with the name and description of its argument for <c>help</c>.</summary>
    /// <exception cref="ArgumentException">It is no path, or there are names for another number of arguments.</exception>
    public SinkDefinition(string path, string description = "", params ReadOnlySpan<(string Name, string Description)> arguments) : base(path, description, 1, arguments)
    {
    }

    /// <summary>The method of a plugin.</summary>
    public RpcMethod Serve(Func<T, IAsyncEnumerable<TItem>, RpcCall, ValueTask> function) => Define(Rpc.Sink(function));

    /// <summary>Sends items to the other side; ends when it has taken all of them.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the other side had enough.</exception>
    public ValueTask CallAsync(StackPeer peer, T argument, IAsyncEnumerable<TItem> items, CancellationToken cancellationToken = default) =>
        peer.SinkAsync(Path, Pack(CodecOf(peer), argument), items, cancellationToken);
}
