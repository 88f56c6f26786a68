namespace Secrets.Protocol.Chats;

/// <summary>A read capability from the channel's own writer: channel kind (1) ‖ read capability (136).</summary>
/// <remarks>Given by the author's device only (decision 19). A view; it holds a secret. Spec: docs/protocol/chats.md §3.4.5.</remarks>
public readonly ref struct ReadCapabilityMessage : IMessageBody
{
    /// <summary>Size in bytes.</summary>
    public const int FixedSize = 1 + MessageFields.ReadCapabilitySize;

    /// <summary>A grant. The span stays the caller's.</summary>
    public ReadCapabilityMessage(ChannelKind kind, ReadOnlySpan<byte> capability)
    {
        MessageFields.RequireCapability(capability);
        Kind = kind;
        Capability = capability;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.ReadCapability;

    /// <inheritdoc/>
    public int Size => FixedSize;

    /// <summary>What the channel is for.</summary>
    public ChannelKind Kind { get; }

    /// <summary>The capability, 136 bytes.</summary>
    public ReadOnlySpan<byte> Capability { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out ReadCapabilityMessage message)
    {
        message = default;
        if (source.Length != FixedSize)
            return source.Length < FixedSize ? MessageError.Truncated : MessageError.TooLong;
        if (!Enum.IsDefined((ChannelKind)source[0]))
            return MessageError.OutOfRange;
        message = new ReadCapabilityMessage((ChannelKind)source[0], source[1..]);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)Kind;
        Capability.CopyTo(destination[1..]);
    }
}
