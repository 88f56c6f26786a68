using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <content>The log as bytes, for the slot area.</content>
public sealed partial class ChannelLog
{
    private const byte StateVersion = 1;
    private const byte LostEntry = 0;
    private const byte ReceivedEntry = 1;
    private const int HashPairSize = 2 * Hash256.Size;

    /// <summary>
    /// version (1) ‖ channel (16) ‖ start (8) ‖ next (8) ‖ lowest missing (8) ‖ base known (1) ‖ base (8) ‖ count (2) ‖ entries: index (8),
    /// received (1), hash and previous (64, if received) ‖ count (1) ‖ evidence: index (8), two hashes (64).
    /// </summary>
    public ReadOnlyMemory<byte> WriteState()
    {
        var received = _entries.Values.Count(e => !e.IsLost);
        var size = 1 + ChannelId.Size + (3 * sizeof(ulong)) + 1 + sizeof(ulong) + sizeof(ushort)
            + (_entries.Count * (sizeof(ulong) + 1)) + (received * HashPairSize)
            + 1 + (_evidence.Count * (sizeof(ulong) + HashPairSize));
        var bytes = new byte[size];
        var writer = new WireWriter(bytes);
        writer.WriteByte(StateVersion);
        writer.WriteFixed(Channel.Bytes);
        writer.WriteUInt64(StartIndex);
        writer.WriteUInt64(NextIndex);
        writer.WriteUInt64(LowestMissing);
        writer.WriteByte(_base is null ? (byte)0 : (byte)1);
        writer.WriteUInt64(_base ?? 0);
        writer.WriteUInt16((ushort)_entries.Count);
        foreach (var (index, entry) in _entries)
        {
            writer.WriteUInt64(index);
            writer.WriteByte(entry.IsLost ? LostEntry : ReceivedEntry);
            if (entry.IsLost)
                continue;
            writer.WriteFixed(entry.Hash.Bytes);
            writer.WriteFixed(entry.Previous.Bytes);
        }

        writer.WriteByte((byte)_evidence.Count);
        foreach (var evidence in _evidence)
        {
            writer.WriteUInt64(evidence.Index);
            writer.WriteFixed(evidence.First.Bytes);
            writer.WriteFixed(evidence.Second.Bytes);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public static MessageError TryReadState(ReadOnlySpan<byte> source, out ChannelLog? log)
    {
        log = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version))
            return MessageError.Truncated;
        if (version != StateVersion)
            return MessageError.UnknownVersion;
        if (!reader.TryReadFixed(ChannelId.Size, out var id) || !reader.TryReadUInt64(out var start) || !reader.TryReadUInt64(out var next)
            || !reader.TryReadUInt64(out var missing) || !reader.TryReadByte(out var hasBase) || !reader.TryReadUInt64(out var known)
            || !reader.TryReadUInt16(out var count))
        {
            return MessageError.Truncated;
        }

        var isOrdered = start <= missing && missing <= next && next - missing <= MaxSpan;
        if (!isOrdered || hasBase > 1 || (hasBase == 0 && known != 0) || known > start || count > MaxSpan + KeptBehind)
            return MessageError.OutOfRange;
        var read = new ChannelLog(MessageFields.ReadChannel(id), start) { NextIndex = next, LowestMissing = missing, _base = hasBase == 1 ? known : null };
        var error = read.TryReadEntries(ref reader, count);
        if (error == MessageError.None)
            error = read.TryReadEvidence(ref reader);
        if (error != MessageError.None)
            return error;
        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        log = read;
        return MessageError.None;
    }

    private MessageError TryReadEntries(ref WireReader reader, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt64(out var index) || !reader.TryReadByte(out var kind))
                return MessageError.Truncated;
            if (kind > ReceivedEntry || index < StartIndex || index >= NextIndex)
                return MessageError.OutOfRange;
            var entry = Entry.Lost;
            if (kind == ReceivedEntry)
            {
                if (!reader.TryReadFixed(Hash256.Size, out var hash) || !reader.TryReadFixed(Hash256.Size, out var previous))
                    return MessageError.Truncated;
                entry = new Entry(MessageFields.ReadHash(hash), MessageFields.ReadHash(previous), false);
            }

            if (!_entries.TryAdd(index, entry))
                return MessageError.OutOfRange;
        }

        return MessageError.None;
    }

    private MessageError TryReadEvidence(ref WireReader reader)
    {
        if (!reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count > MaxEvidence)
            return MessageError.OutOfRange;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt64(out var index) || !reader.TryReadFixed(Hash256.Size, out var first) || !reader.TryReadFixed(Hash256.Size, out var second))
                return MessageError.Truncated;
            _evidence.Add(new ChannelEvidence(index, MessageFields.ReadHash(first), MessageFields.ReadHash(second)));
        }

        return MessageError.None;
    }
}
