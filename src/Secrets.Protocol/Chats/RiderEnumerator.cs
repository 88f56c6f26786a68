using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Goes through the control messages that ride behind a body: type (u16) ‖ length (u16) ‖ body each.</summary>
/// <remarks>A view; the bytes belong to the owner of the content message.</remarks>
public ref struct RiderEnumerator
{
    /// <summary>Most riders in a message.</summary>
    public const int MaxCount = 8;

    internal const int HeadSize = 2 * sizeof(ushort); // type + length

    private WireReader _reader;

    internal RiderEnumerator(ReadOnlySpan<byte> riders) => _reader = new WireReader(riders);

    /// <summary>The type as it stands in the message.</summary>
    public ushort TypeCode { get; private set; }

    /// <summary>The type, or Unknown.</summary>
    public readonly MessageType Type => MessageTypes.Find(TypeCode);

    /// <summary>The body of the present rider.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Goes to the next rider; false after the last.</summary>
    public bool MoveNext()
    {
        if (!_reader.TryReadUInt16(out var type) || !_reader.TryReadBytes16(ContentSizes.DataBoxContent, out var body))
            return false;
        TypeCode = type;
        Body = body;
        return true;
    }

    internal static MessageError Check(ReadOnlySpan<byte> riders)
    {
        var reader = new WireReader(riders);
        var count = 0;
        for (; !reader.IsAtEnd; count++)
        {
            if (count == MaxCount)
                return MessageError.TooLong;
            if (!reader.TryReadUInt16(out var type) || !reader.TryReadBytes16(ContentSizes.DataBoxContent, out _))
                return MessageError.Truncated;
            // what is said has heads and a place in the conversation, so it can't ride
            if (!MessageTypes.IsControl(type))
                return MessageError.InvalidRider;
        }

        return count == 0 ? MessageError.Empty : MessageError.None;
    }
}
