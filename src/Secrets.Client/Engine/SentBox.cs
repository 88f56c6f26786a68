using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>A sealed box that was given away or waits for it; its bytes lie in slots of their own, without keys, until the other side has it.</summary>
internal sealed class SentBox(SessionChannel channel, ulong index, MessageId? message, DateTimeOffset sealedAt, IReadOnlyList<SentCopy> copies)
{
    private const int HeadSize = 1 + 8 + 16 + 8 + 1;
    private const int CopySize = 1 + 8 + 1;

    public SessionChannel Channel { get; } = channel;

    public ulong Index { get; } = index;

    /// <summary>The message whose text is in it; null for boxes that carry none.</summary>
    public MessageId? Message { get; } = message;

    public DateTimeOffset SealedAt { get; } = sealedAt;

    public IReadOnlyList<SentCopy> Copies { get; } = copies;

    /// <summary>The page it stands on; null once it is kept no longer.</summary>
    public SentPage? Page { get; private set; }

    public bool IsSent => Copies.Any(c => c.IsThere);

    public int Size => HeadSize + (Copies.Count * CopySize);

    public void MoveTo(SentPage? page)
    {
        Page = page;
        foreach (var copy in Copies)
            copy.Page = page;
    }

    public void Write(ref WireWriter writer, IReadOnlyList<string> relays)
    {
        writer.WriteByte((byte)Channel);
        writer.WriteUInt64(Index);
        (Message ?? default).Write(writer.Take(MessageId.Size));
        writer.WriteUInt64((ulong)SealedAt.ToUnixTimeMilliseconds());
        writer.WriteByte((byte)Copies.Count);
        foreach (var copy in Copies)
        {
            writer.WriteByte((byte)relays.TakeWhile(r => r != copy.Relay).Count());
            writer.WriteUInt64((ulong)copy.NotBefore.ToUnixTimeMilliseconds());
            writer.WriteByte(copy.IsThere ? (byte)1 : (byte)0);
        }
    }

    public static SentBox Read(ref WireReader reader, IReadOnlyList<string> relays)
    {
        SlotFormat.Require(reader.TryReadByte(out var channel));
        SlotFormat.Require(reader.TryReadUInt64(out var index));
        SlotFormat.Require(reader.TryReadFixed(MessageId.Size, out var message));
        SlotFormat.Require(reader.TryReadUInt64(out var sealedAt));
        SlotFormat.Require(reader.TryReadByte(out var count));
        var copies = new SentCopy[count];
        for (var i = 0; i < count; i++)
        {
            SlotFormat.Require(reader.TryReadByte(out var relay));
            SlotFormat.Require(relay < relays.Count);
            SlotFormat.Require(reader.TryReadUInt64(out var notBefore));
            SlotFormat.Require(reader.TryReadByte(out var isThere));
            copies[i] = new SentCopy(relays[relay], DateTimeOffset.FromUnixTimeMilliseconds((long)notBefore)) { IsThere = isThere != 0 };
        }
        var id = MessageId.FromBytes(message);
        return new SentBox((SessionChannel)channel, index, id == default ? null : id, DateTimeOffset.FromUnixTimeMilliseconds((long)sealedAt), copies);
    }
}
