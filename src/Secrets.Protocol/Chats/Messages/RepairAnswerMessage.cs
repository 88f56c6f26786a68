using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>
/// Answers a repair request: channel (16) ‖ count (1) ‖ per box: index (8), 1 if it was put again at the relays and 0 if it can't be had.
/// </summary>
/// <remarks>"Not entitled", "expired" and "not there" are one answer, 0 (decision 6). Spec: docs/protocol/chats.md §3.4.8.</remarks>
public sealed class RepairAnswerMessage : IMessageBody
{
    /// <summary>Answers for boxes, ascending by index; true for those that were put again.</summary>
    public RepairAnswerMessage(ChannelId channel, IReadOnlyList<KeyValuePair<ulong, bool>> boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        if (boxes.Count is 0 or > RepairRequestMessage.MaxIndices || !boxes.Zip(boxes.Skip(1)).All(p => p.First.Key < p.Second.Key))
            throw new ArgumentException("1 to 64 boxes, ascending.", nameof(boxes));
        Channel = channel;
        Boxes = boxes;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.RepairAnswer;

    /// <inheritdoc/>
    public int Size => ChannelId.Size + 1 + (Boxes.Count * (sizeof(ulong) + 1));

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>For each index whether its box was put again.</summary>
    public IReadOnlyList<KeyValuePair<ulong, bool>> Boxes { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out RepairAnswerMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadFixed(ChannelId.Size, out var id) || !reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count is 0 or > RepairRequestMessage.MaxIndices)
            return MessageError.OutOfRange;
        var boxes = new List<KeyValuePair<ulong, bool>>(count);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt64(out var index) || !reader.TryReadByte(out var status))
                return MessageError.Truncated;
            if (status > 1 || (i > 0 && index <= boxes[i - 1].Key))
                return MessageError.OutOfRange;
            boxes.Add(new KeyValuePair<ulong, bool>(index, status == 1));
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        message = new RepairAnswerMessage(MessageFields.ReadChannel(id), boxes.AsReadOnly());
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteFixed(Channel.Bytes);
        writer.WriteByte((byte)Boxes.Count);
        foreach (var (index, again) in Boxes)
        {
            writer.WriteUInt64(index);
            writer.WriteByte(again ? (byte)1 : (byte)0);
        }
    }
}
