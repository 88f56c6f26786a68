using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>A sealed box that was given away or waits for it; its bytes lie in slots of their own, without keys, until the other side has it.</summary>
internal sealed class SentBox(ChannelKind channel, ulong index, MessageId? message, DateTimeOffset sealedAt, IReadOnlyList<SentCopy> copies)
{
    private const int HeadSize = 1 + 8 + 16 + 8 + 1;
    private const int CopyTail = 8 + 1;

    public ChannelKind Channel { get; } = channel;

    public ulong Index { get; } = index;

    /// <summary>The message whose text is in it; null for boxes that carry none.</summary>
    public MessageId? Message { get; } = message;

    public DateTimeOffset SealedAt { get; } = sealedAt;

    public IReadOnlyList<SentCopy> Copies { get; } = copies;

    public bool IsSent => Copies.Any(c => c.IsThere);

    public int Size => HeadSize + Copies.Sum(c => 2 + System.Text.Encoding.UTF8.GetByteCount(c.Relay) + CopyTail);

    public void Write(ref WireWriter writer)
    {
        writer.WriteByte((byte)Channel);
        writer.WriteUInt64(Index);
        _ = (Message?.Value ?? Guid.Empty).TryWriteBytes(writer.Take(MessageId.Size));
        writer.WriteUInt64((ulong)SealedAt.ToUnixTimeMilliseconds());
        writer.WriteByte((byte)Copies.Count);
        foreach (var copy in Copies)
        {
            writer.WriteBytes16(System.Text.Encoding.UTF8.GetBytes(copy.Relay));
            writer.WriteUInt64((ulong)copy.NotBefore.ToUnixTimeMilliseconds());
            writer.WriteByte(copy.IsThere ? (byte)1 : (byte)0);
        }
    }

    public static SentBox Read(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadByte(out var channel) && reader.TryReadUInt64(out var index));
        SlotFormat.Require(reader.TryReadFixed(MessageId.Size, out var message));
        SlotFormat.Require(reader.TryReadUInt64(out var sealedAt) && reader.TryReadByte(out var count));
        var copies = new SentCopy[count];
        for (var i = 0; i < count; i++)
        {
            SlotFormat.Require(reader.TryReadBytes16(ushort.MaxValue, out var relay));
            SlotFormat.Require(reader.TryReadUInt64(out var notBefore) && reader.TryReadByte(out var isThere));
            copies[i] = new SentCopy(System.Text.Encoding.UTF8.GetString(relay), DateTimeOffset.FromUnixTimeMilliseconds((long)notBefore)) { IsThere = isThere != 0 };
        }
        var id = new Guid(message);
        return new SentBox((ChannelKind)channel, index, id == Guid.Empty ? null : new MessageId(id), DateTimeOffset.FromUnixTimeMilliseconds((long)sealedAt), copies);
    }
}
