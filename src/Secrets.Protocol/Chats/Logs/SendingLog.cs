using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>The writing side of one channel: numbers, hash of the last message, and how far each message has come.</summary>
/// <remarks>
/// The box of message n has index first + n: every index carries one content message. The state is stored together with the
/// message before anything is sent. Spec: docs/protocol/chats.md §4.1, §4.4.
/// </remarks>
public sealed class SendingLog
{
    /// <summary>Most messages that are followed until they are received (decision 15); the oldest are followed no longer.</summary>
    public const int MaxFollowed = 2_000;

    private const byte StateVersion = 1;
    private const int FixedStateSize = 1 + ChannelId.Size + 1 + sizeof(ulong) + sizeof(ulong) + Hash256.Size + sizeof(ushort);

    private readonly SortedDictionary<ulong, DeliveryState> _followed = [];
    private Hash256 _previous;

    /// <summary>A new channel.</summary>
    /// <param name="channel">Its name.</param>
    /// <param name="firstIndex">Index of its first box.</param>
    /// <param name="carrier">Session for pair channels, data box for data channels.</param>
    public SendingLog(ChannelId channel, ulong firstIndex, ContentCarrier carrier)
    {
        Channel = channel;
        FirstIndex = firstIndex;
        Carrier = carrier;
    }

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>Index of the box of number 0.</summary>
    public ulong FirstIndex { get; }

    /// <summary>What messages travel in.</summary>
    public ContentCarrier Carrier { get; }

    /// <summary>Number of the next message.</summary>
    public ulong NextNumber { get; private set; }

    /// <summary>Index of the next message's box.</summary>
    public ulong NextIndex => FirstIndex + NextNumber;

    /// <summary>Numbers that are not known to be received, with their state, ascending.</summary>
    public IReadOnlyCollection<KeyValuePair<ulong, DeliveryState>> Followed => _followed;

    /// <summary>Writes a draft as the next message of the channel.</summary>
    /// <param name="draft">What to say.</param>
    /// <param name="generation">How often this device's state was opened (decision 14).</param>
    /// <param name="random">Randomness for secret and tags.</param>
    /// <param name="destination">At least <see cref="ContentDraft.SizeFor"/> bytes.</param>
    /// <exception cref="ArgumentException">The draft does not fit the carrier.</exception>
    public WrittenContent Write(ContentDraft draft, uint generation, RandomSource random, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var length = draft.SizeFor(Carrier);
        if (length > ContentSizes.MaxContent(Carrier))
            throw new ArgumentException("The message does not fit its carrier.", nameof(draft));
        var content = destination[..length];
        var number = NextNumber;
        var secret = draft.Write(content, Carrier, number, _previous, generation, random);
        _previous = ContentMessage.HashOf(content);
        _followed.Add(number, DeliveryState.Waiting);
        if (_followed.Count > MaxFollowed)
            _ = _followed.Remove(_followed.First().Key);
        NextNumber++;
        return new WrittenContent(length, number, FirstIndex + number, secret);
    }

    /// <summary>Notes that a relay has the box of a number.</summary>
    public void MarkSent(ulong number)
    {
        if (_followed.TryGetValue(number, out var state) && state == DeliveryState.Waiting)
            _followed[number] = DeliveryState.Sent;
    }

    /// <summary>The state of a number; Received for those that are followed no longer. Null for one that was not written.</summary>
    public DeliveryState? StateOf(ulong number)
    {
        if (number >= NextNumber)
            return null;
        return _followed.TryGetValue(number, out var state) ? state : DeliveryState.Received;
    }

    /// <summary>Takes an acknowledgement of this channel.</summary>
    /// <param name="acknowledgement">What the reader says.</param>
    /// <param name="received">Numbers that are now known to be received, ascending.</param>
    /// <returns>False, and nothing changes, for another channel or for boxes that were never written: a reader can't have them.</returns>
    public bool TryAcknowledge(ChannelAcknowledgement acknowledgement, out IReadOnlyList<ulong> received)
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        received = [];
        if (acknowledgement.Channel != Channel || acknowledgement.Next > NextIndex)
            return false;
        var covered = _followed.Keys.Where(n => acknowledgement.Covers(FirstIndex + n)).ToList();
        foreach (var number in covered)
            _ = _followed.Remove(number);
        received = covered;
        return true;
    }

    /// <summary>The state as bytes, for the slot area.</summary>
    public ReadOnlyMemory<byte> WriteState()
    {
        var bytes = new byte[FixedStateSize + (_followed.Count * (sizeof(ulong) + 1))];
        var writer = new WireWriter(bytes);
        writer.WriteByte(StateVersion);
        writer.WriteFixed(Channel.Bytes);
        writer.WriteByte((byte)Carrier);
        writer.WriteUInt64(FirstIndex);
        writer.WriteUInt64(NextNumber);
        writer.WriteFixed(_previous.Bytes);
        writer.WriteUInt16((ushort)_followed.Count);
        foreach (var (number, state) in _followed)
        {
            writer.WriteUInt64(number);
            writer.WriteByte((byte)state);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public static MessageError TryReadState(ReadOnlySpan<byte> source, out SendingLog? log)
    {
        log = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version))
            return MessageError.Truncated;
        if (version != StateVersion)
            return MessageError.UnknownVersion;
        if (!reader.TryReadFixed(ChannelId.Size, out var id) || !reader.TryReadByte(out var carrier) || !reader.TryReadUInt64(out var first)
            || !reader.TryReadUInt64(out var next) || !reader.TryReadFixed(Hash256.Size, out var previous) || !reader.TryReadUInt16(out var count))
        {
            return MessageError.Truncated;
        }

        if (!Enum.IsDefined((ContentCarrier)carrier) || next > ulong.MaxValue - first || count > MaxFollowed)
            return MessageError.OutOfRange;
        var read = new SendingLog(MessageFields.ReadChannel(id), first, (ContentCarrier)carrier)
        {
            NextNumber = next,
            _previous = MessageFields.ReadHash(previous),
        };
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt64(out var number) || !reader.TryReadByte(out var state))
                return MessageError.Truncated;
            if (number >= next || state >= (byte)DeliveryState.Received || !read._followed.TryAdd(number, (DeliveryState)state))
                return MessageError.OutOfRange;
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        log = read;
        return MessageError.None;
    }
}
