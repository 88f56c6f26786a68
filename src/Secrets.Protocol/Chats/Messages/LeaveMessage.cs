namespace Secrets.Protocol.Chats;

/// <summary>Goodbye: reason (1). Nothing comes in this session after it.</summary>
/// <remarks>Spec: docs/protocol/chats.md §3.4.16.</remarks>
public sealed class LeaveMessage : IMessageBody
{
    /// <summary>Goodbye.</summary>
    public LeaveMessage(LeaveReason reason) => Reason = reason;

    /// <inheritdoc/>
    public MessageType Type => MessageType.Leave;

    /// <inheritdoc/>
    public int Size => 1;

    /// <summary>Why.</summary>
    public LeaveReason Reason { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out LeaveMessage? message)
    {
        message = null;
        if (source.Length != 1)
            return source.IsEmpty ? MessageError.Truncated : MessageError.TooLong;
        if (!Enum.IsDefined((LeaveReason)source[0]))
            return MessageError.OutOfRange;
        message = new LeaveMessage((LeaveReason)source[0]);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => destination[0] = (byte)Reason;
}
