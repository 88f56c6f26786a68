using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>The reading side of one channel: what came, what is missing, what contradicts. Any order, any repetition, one result.</summary>
/// <remarks>Knows hashes, not contents. Decisions 6, 14, 15. Spec: docs/protocol/chats.md §4.2.</remarks>
public sealed partial class ChannelLog
{
    /// <summary>How far above the highest index a message may come, and the widest span between the lowest hole and the highest index.</summary>
    public const int MaxSpan = 1_024;

    /// <summary>How many messages below the lowest hole are remembered, so that other contents at their places are seen.</summary>
    public const int KeptBehind = 64;

    /// <summary>Most pieces of evidence.</summary>
    public const int MaxEvidence = 16;

    private readonly SortedDictionary<ulong, Entry> _entries = [];
    private readonly List<ChannelEvidence> _evidence = [];
    private ulong? _base;

    /// <summary>A channel of which nothing was read.</summary>
    /// <param name="channel">Its name.</param>
    /// <param name="startIndex">The first index that the reader's capability opens.</param>
    public ChannelLog(ChannelId channel, ulong startIndex)
    {
        Channel = channel;
        StartIndex = startIndex;
        NextIndex = startIndex;
        LowestMissing = startIndex;
    }

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>The first index that the reader was given.</summary>
    public ulong StartIndex { get; }

    /// <summary>One more than the highest index received.</summary>
    public ulong NextIndex { get; private set; }

    /// <summary>The lowest index that is missing: everything below came or was given up.</summary>
    public ulong LowestMissing { get; private set; }

    /// <summary>Two contents at one place, and contradictions.</summary>
    public IReadOnlyList<ChannelEvidence> Evidence => _evidence;

    /// <summary>Indices below the highest that did not come, ascending.</summary>
    public IReadOnlyList<ulong> Holes
    {
        get
        {
            var holes = new List<ulong>();
            for (var index = LowestMissing; index < NextIndex; index++)
            {
                if (!_entries.ContainsKey(index))
                    holes.Add(index);
            }

            return holes;
        }
    }

    /// <summary>Indices that were given up, as far as they are remembered.</summary>
    public IReadOnlyList<ulong> Lost => [.. _entries.Where(e => e.Value.IsLost).Select(e => e.Key)];

    /// <summary>Takes a content message that came in the box of an index.</summary>
    public LogOutcome Add(ulong index, in ContentMessage message) => Add(index, message.Header, message.Hash);

    /// <summary>Takes header and hash of a content message that came in the box of an index.</summary>
    public LogOutcome Add(ulong index, ContentHeader header, Hash256 hash)
    {
        if (index < StartIndex)
            return LogOutcome.TooOld;
        // number n lies at base + n: one unknown, fixed by the first message (decision 6: both count within the channel)
        if (header.Number > index || (_base is { } known && index - header.Number != known) || (_base is null && index - header.Number > StartIndex))
            return LogOutcome.WrongNumber;
        if (index == ulong.MaxValue || (index >= NextIndex && index - NextIndex >= MaxSpan))
            return LogOutcome.TooFarAhead;
        if (_entries.TryGetValue(index, out var entry) && !entry.IsLost)
            return entry.Hash == hash ? LogOutcome.Duplicate : Record(LogOutcome.Equivocation, index, entry.Hash, hash);
        if (index < LowestMissing && entry is null)
            return LogOutcome.TooOld;

        _base = index - header.Number;
        _entries[index] = new Entry(hash, header.Previous, false);
        var outcome = index >= NextIndex ? LogOutcome.Added : LogOutcome.AddedLate;
        NextIndex = Math.Max(NextIndex, index + 1);
        if (FindContradiction(index, header.Previous, hash) is { } asked)
            outcome = Record(LogOutcome.Inconsistent, index, asked, hash);
        Settle();
        return outcome;
    }

    /// <summary>Gives up a hole: its author can't give it any more. A message that comes all the same still fills it.</summary>
    public void MarkLost(ulong index)
    {
        if (index < LowestMissing || index >= NextIndex || _entries.ContainsKey(index))
            return;
        _entries[index] = Entry.Lost;
        Settle();
    }

    /// <summary>What to tell the writer: all that came, holes listed. Indices given up count as received: nobody waits for them.</summary>
    /// <param name="withheld">Indices that came and are listed all the same: pointers to what is not whole here.</param>
    public ChannelAcknowledgement Acknowledge(IReadOnlyCollection<ulong>? withheld = null)
    {
        var holes = new SortedSet<ulong>(Holes);
        holes.UnionWith((withheld ?? []).Where(i => i >= StartIndex && i < NextIndex));
        // says nothing about what lies above the last hole that fits, or too far above the first
        var next = holes.Count > ChannelAcknowledgement.MaxHoles ? holes.ElementAt(ChannelAcknowledgement.MaxHoles) : NextIndex;
        if (holes.Count > 0 && next - holes.Min > ChannelAcknowledgement.MaxDistance)
            next = holes.Min + ChannelAcknowledgement.MaxDistance;
        return new ChannelAcknowledgement(Channel, next, [.. holes.TakeWhile(h => h < next)]);
    }

    private Hash256? FindContradiction(ulong index, Hash256 previous, Hash256 hash)
    {
        if (index > StartIndex && _entries.TryGetValue(index - 1, out var below) && !below.IsLost && below.Hash != previous)
            return below.Hash;
        if (_entries.TryGetValue(index + 1, out var above) && !above.IsLost && above.Previous != hash)
            return above.Previous;
        return null;
    }

    private LogOutcome Record(LogOutcome outcome, ulong index, Hash256 first, Hash256 second)
    {
        var isKnown = _evidence.Any(e => e.Index == index && e.First == first && e.Second == second);
        if (!isKnown && _evidence.Count < MaxEvidence)
            _evidence.Add(new ChannelEvidence(index, first, second));
        return outcome;
    }

    /// <summary>Moves the lowest missing index up, gives up what lies too far below, forgets what lies behind.</summary>
    private void Settle()
    {
        while (true)
        {
            while (LowestMissing < NextIndex && _entries.ContainsKey(LowestMissing))
                LowestMissing++;
            if (NextIndex - LowestMissing <= MaxSpan)
                break;
            _entries[LowestMissing] = Entry.Lost;
        }

        while (_entries.Count > 0 && _entries.First().Key is var oldest && oldest < LowestMissing && LowestMissing - oldest > KeptBehind)
            _ = _entries.Remove(oldest);
    }

    private sealed class Entry(Hash256 hash, Hash256 previous, bool isLost)
    {
        public static Entry Lost { get; } = new(default, default, true);

        public Hash256 Hash { get; } = hash;

        public Hash256 Previous { get; } = previous;

        public bool IsLost { get; } = isLost;
    }
}
