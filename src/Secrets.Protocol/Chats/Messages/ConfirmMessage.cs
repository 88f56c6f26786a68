namespace Secrets.Protocol.Chats;

/// <summary>The owner's read capabilities, in the first session message: pair channel (136) ‖ data channel (136).</summary>
/// <remarks>A view; it holds secrets. Spec: docs/protocol/chats.md §3.4.4.</remarks>
public readonly ref struct ConfirmMessage : IMessageBody
{
    /// <summary>Size in bytes.</summary>
    public const int FixedSize = 2 * MessageFields.ReadCapabilitySize;

    /// <summary>A confirmation. The spans stay the caller's.</summary>
    public ConfirmMessage(ReadOnlySpan<byte> pairChannel, ReadOnlySpan<byte> dataChannel)
    {
        MessageFields.RequireCapability(pairChannel);
        MessageFields.RequireCapability(dataChannel);
        PairChannel = pairChannel;
        DataChannel = dataChannel;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.Confirm;

    /// <inheritdoc/>
    public int Size => FixedSize;

    /// <summary>Read capability of the owner's pair channel.</summary>
    public ReadOnlySpan<byte> PairChannel { get; }

    /// <summary>Read capability of the owner's data channel.</summary>
    public ReadOnlySpan<byte> DataChannel { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out ConfirmMessage message)
    {
        message = default;
        if (source.Length != FixedSize)
            return source.Length < FixedSize ? MessageError.Truncated : MessageError.TooLong;
        message = new ConfirmMessage(source[..MessageFields.ReadCapabilitySize], source[MessageFields.ReadCapabilitySize..]);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        PairChannel.CopyTo(destination);
        DataChannel.CopyTo(destination[MessageFields.ReadCapabilitySize..]);
    }
}
