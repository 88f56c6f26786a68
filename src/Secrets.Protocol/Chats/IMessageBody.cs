namespace Secrets.Protocol.Chats;

/// <summary>A body that can be sent: each message type has one.</summary>
public interface IMessageBody
{
    /// <summary>The message type it belongs to.</summary>
    MessageType Type { get; }

    /// <summary>Size in bytes.</summary>
    int Size { get; }

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    void Write(Span<byte> destination);
}
