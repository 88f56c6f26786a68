using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Heads of bells: count (1) ‖ per relay: id (32), number (8), hash (32).</summary>
/// <remarks>Two devices that compare them find a relay that rings differently for each (decision 9). Spec: docs/protocol/chats.md §3.4.14.</remarks>
public sealed class BellHeadMessage : IMessageBody
{
    /// <summary>Most relays in one message.</summary>
    public const int MaxRelays = 8;

    /// <summary>One to eight heads.</summary>
    public BellHeadMessage(IReadOnlyList<BellHead> heads)
    {
        ArgumentNullException.ThrowIfNull(heads);
        if (heads.Count is 0 or > MaxRelays)
            throw new ArgumentException("One to eight heads.", nameof(heads));
        Heads = heads;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.BellHead;

    /// <inheritdoc/>
    public int Size => 1 + (Heads.Count * BellHead.Size);

    /// <summary>The heads.</summary>
    public IReadOnlyList<BellHead> Heads { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out BellHeadMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count is 0 or > MaxRelays)
            return MessageError.OutOfRange;
        var heads = new List<BellHead>(count);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadFixed(Hash256.Size, out var relay) || !reader.TryReadUInt64(out var number) || !reader.TryReadFixed(Hash256.Size, out var hash))
                return MessageError.Truncated;
            heads.Add(new BellHead(MessageFields.ReadHash(relay), number, MessageFields.ReadHash(hash)));
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        message = new BellHeadMessage(heads.AsReadOnly());
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte((byte)Heads.Count);
        foreach (var head in Heads)
        {
            writer.WriteFixed(head.Relay.Bytes);
            writer.WriteUInt64(head.Number);
            writer.WriteFixed(head.Hash.Bytes);
        }
    }
}
