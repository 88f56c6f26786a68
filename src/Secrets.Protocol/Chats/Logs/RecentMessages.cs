using Secrets.Protocol.Chains;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>The messages of a chat seen last, by author and secret: what is a duplicate, what a message names, what to name next.</summary>
/// <remarks>
/// Content that is sent again in the session that stands is shown once (decision 12). At most 2,000 secrets are tried against
/// tags, one microsecond each (decision 6). Spec: docs/protocol/chats.md §4.3.
/// </remarks>
public sealed class RecentMessages
{
    /// <summary>Most messages that are remembered.</summary>
    public const int MaxCount = 2_000;

    /// <summary>Most messages that wait to be named: the tags of a data box.</summary>
    public const int MaxHeads = 16;

    private const byte StateVersion = 1;
    private const int EntrySize = ParticipantId.Size + MessageSecret.Size + 1; // author, secret, whether it waits to be named

    private readonly HashSet<(ParticipantId Author, MessageSecret Secret)> _known = [];
    private readonly List<(ParticipantId Author, MessageSecret Secret)> _order = [];
    private readonly List<MessageSecret> _heads = [];

    /// <summary>Number of messages remembered.</summary>
    public int Count => _order.Count;

    /// <summary>Takes a message that was received or written; false if it is a duplicate.</summary>
    public bool TryAdd(ParticipantId author, MessageSecret secret)
    {
        if (!_known.Add((author, secret)))
            return false;
        _order.Add((author, secret));
        if (_order.Count > MaxCount)
        {
            _ = _known.Remove(_order[0]);
            _ = _heads.Remove(_order[0].Secret);
            _order.RemoveAt(0);
        }

        _heads.Add(secret);
        if (_heads.Count > MaxHeads)
            _heads.RemoveAt(0);
        return true;
    }

    /// <summary>The messages that another names as seen, as far as one holds them; they need not be named again.</summary>
    public IReadOnlyList<MessageSecret> ResolveHeads(in ContentMessage message)
    {
        var named = new List<MessageSecret>();
        foreach (var (_, secret) in _order)
        {
            if (message.Names(secret))
                named.Add(secret);
        }

        _ = _heads.RemoveAll(named.Contains);
        return named;
    }

    /// <summary>The message that another answers, if one holds it.</summary>
    public MessageSecret? ResolveReply(in ContentMessage message)
    {
        for (var i = _order.Count - 1; i >= 0; i--)
        {
            if (message.IsReplyTo(_order[i].Secret))
                return _order[i].Secret;
        }

        return null;
    }

    /// <summary>The newest messages that nothing seen since names: the heads of the next message.</summary>
    public IReadOnlyList<MessageSecret> Heads(ContentCarrier carrier) =>
        [.. _heads.TakeLast(ContentSizes.HeadCount(carrier))];

    /// <summary>Notes that a message of one's own has named these.</summary>
    public void NoteNamed(IReadOnlyList<MessageSecret> named)
    {
        ArgumentNullException.ThrowIfNull(named);
        _ = _heads.RemoveAll(named.Contains);
    }

    /// <summary>The state as bytes, for the slot area: version (1) ‖ count (2) ‖ entries: author (32), secret (16), to be named (1).</summary>
    public ReadOnlyMemory<byte> WriteState()
    {
        var bytes = new byte[1 + sizeof(ushort) + (_order.Count * EntrySize)];
        var writer = new WireWriter(bytes);
        writer.WriteByte(StateVersion);
        writer.WriteUInt16((ushort)_order.Count);
        foreach (var (author, secret) in _order)
        {
            writer.WriteFixed(author.Bytes);
            writer.WriteFixed(secret.Bytes);
            writer.WriteByte(_heads.Contains(secret) ? (byte)1 : (byte)0);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public static MessageError TryReadState(ReadOnlySpan<byte> source, out RecentMessages? messages)
    {
        messages = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version) || !reader.TryReadUInt16(out var count))
            return MessageError.Truncated;
        if (version != StateVersion)
            return MessageError.UnknownVersion;
        if (count > MaxCount)
            return MessageError.OutOfRange;
        var read = new RecentMessages();
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadFixed(ParticipantId.Size, out var authorBytes) || !reader.TryReadFixed(MessageSecret.Size, out var secretBytes)
                || !reader.TryReadByte(out var isHead))
            {
                return MessageError.Truncated;
            }

            _ = ParticipantId.TryRead(authorBytes, out var author);
            _ = MessageSecret.TryRead(secretBytes, out var secret);
            if (isHead > 1 || !read._known.Add((author, secret)))
                return MessageError.OutOfRange;
            read._order.Add((author, secret));
            if (isHead == 1)
                read._heads.Add(secret);
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        messages = read;
        return MessageError.None;
    }
}
