using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>The first 78 bytes of every content message.</summary>
/// <remarks>
/// type (2) ‖ flags (2) ‖ time (10) ‖ number (8) ‖ ms (16) ‖ previous (32) ‖ generation (4) ‖ expiry in seconds (4).
/// Spec: docs/protocol/chats.md §3.1.
/// </remarks>
public readonly struct ContentHeader
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 2 + 2 + ContentTime.Size + 8 + MessageSecret.Size + Hash256.Size + 4 + 4;

    private const ushort MustUnderstand = 0x00FF;
    private const ushort Understood = (ushort)(ContentOptions.Ignorable | ContentOptions.Riders);

    internal ContentHeader(ushort typeCode, ushort flagBits, ContentTime time, ulong number, MessageSecret secret, Hash256 previous, uint generation, uint expirySeconds)
    {
        TypeCode = typeCode;
        FlagBits = flagBits;
        Time = time;
        Number = number;
        Secret = secret;
        Previous = previous;
        Generation = generation;
        ExpirySeconds = expirySeconds;
    }

    /// <summary>The message type as it stands in the message.</summary>
    public ushort TypeCode { get; }

    /// <summary>The message type, or Unknown.</summary>
    public MessageType Type => MessageTypes.Find(TypeCode);

    /// <summary>The flags that this version knows.</summary>
    public ContentOptions Flags => (ContentOptions)(FlagBits & Understood);

    /// <summary>All flag bits.</summary>
    public ushort FlagBits { get; }

    /// <summary>When it was written.</summary>
    public ContentTime Time { get; }

    /// <summary>Number within its channel, from 0.</summary>
    public ulong Number { get; }

    /// <summary>The secret by which it can be named.</summary>
    public MessageSecret Secret { get; }

    /// <summary>Hash of the previous content message of the channel; zero for number 0.</summary>
    public Hash256 Previous { get; }

    /// <summary>How often the writing device's state was opened (decision 14).</summary>
    public uint Generation { get; }

    /// <summary>Seconds after reading until the message disappears; 0 for never.</summary>
    public uint ExpirySeconds { get; }

    /// <summary>True for messages that are shown to nobody.</summary>
    public bool IsControl => MessageTypes.IsControl(TypeCode);

    /// <summary>Reads a header from its first 78 bytes.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out ContentHeader header)
    {
        header = default;
        if (source.Length < Size)
            return MessageError.Truncated;
        var reader = new WireReader(source);
        _ = reader.TryReadUInt16(out var type);
        _ = reader.TryReadUInt16(out var flags);
        _ = reader.TryReadFixed(ContentTime.Size, out var timeBytes);
        _ = reader.TryReadUInt64(out var number);
        _ = reader.TryReadFixed(MessageSecret.Size, out var secretBytes);
        _ = reader.TryReadFixed(Hash256.Size, out var previousBytes);
        _ = reader.TryReadUInt32(out var generation);
        _ = reader.TryReadUInt32(out var expiry);
        if (type == 0 || (flags & MustUnderstand & ~Understood) != 0)
            return MessageError.UnknownFlag;
        _ = MessageSecret.TryRead(secretBytes, out var secret);
        _ = Hash256.TryRead(previousBytes, out var previous);
        if (!ContentTime.TryRead(timeBytes, out var time) || (number == 0 && previous != default))
            return MessageError.OutOfRange;
        header = new ContentHeader(type, flags, time, number, secret, previous, generation, expiry);
        return MessageError.None;
    }

    /// <summary>Writes 78 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteUInt16(TypeCode);
        writer.WriteUInt16(FlagBits);
        Time.Write(writer.Take(ContentTime.Size));
        writer.WriteUInt64(Number);
        writer.WriteFixed(Secret.Bytes);
        writer.WriteFixed(Previous.Bytes);
        writer.WriteUInt32(Generation);
        writer.WriteUInt32(ExpirySeconds);
    }
}
