namespace Secrets.Stack;

/// <summary>A whole packet; <c>default</c> is none.</summary>
internal readonly struct Packet(int id, bool isStream, bool isEnd, RpcItem item)
{
    /// <summary>The number of the call or stream: positive in packets of the side that opened it.</summary>
    public int Id { get; } = id;

    public bool IsStream { get; } = isStream;

    public bool IsEnd { get; } = isEnd;

    /// <summary>The body; its owner is whoever handles the packet.</summary>
    public RpcItem? Item { get; } = item;
}
