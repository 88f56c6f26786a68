namespace Secrets.Stack;

/// <summary>A whole packet; <c>default</c> is none.</summary>
internal readonly struct Packet(int id, byte flags, RpcItem item)
{
    /// <summary>The number of the call or stream: positive in packets of the side that opened it.</summary>
    public int Id { get; } = id;

    public bool IsStream => (flags & PacketFormat.StreamFlag) != 0;

    public bool IsEnd => (flags & PacketFormat.EndFlag) != 0;

    public bool IsExtension => (flags & PacketFormat.ExtensionFlag) != 0;

    /// <summary>False for <c>default</c>.</summary>
    public bool IsWhole { get; } = true;

    /// <summary>The body; its owner is whoever handles the packet.</summary>
    public RpcItem Item { get; } = item;
}
