using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Opening: what is on disk, checked.</content>
internal sealed partial class StoreFiles
{
    /// <summary>Reads everything. Never writes.</summary>
    public async Task<LoadedStore> LoadAsync(CancellationToken cancellationToken)
    {
        var loaded = new LoadedStore();
        using var header = await ReadHeaderAsync(loaded, cancellationToken).ConfigureAwait(false);
        var log = await _backend.ReadAsync(LogName, cancellationToken).ConfigureAwait(false) ?? default;
        var records = ReadRecords(log, header, loaded);
        var nodes = new Dictionary<Hash256, Node>();
        var commits = new List<Node>();
        await ReadPacksAsync(records, nodes, commits, loaded, cancellationToken).ConfigureAwait(false);
        foreach (var record in records)
        {
            if (!TryReadBlobs(record.Blobs, nodes, commits))
                loaded.AddDamage(StoreDamage.Log);
        }
        ReadCommits(nodes, commits, loaded);
        if (header is not null)
        {
            CheckHeader(header, records, loaded);
            ReadSlots(header, records, log, loaded);
        }
        foreach (var node in nodes.Values)
            _shared.Add(node.Name);
        return loaded;
    }

    /// <summary>All nodes of the store; of a damaged one those that are left.</summary>
    /// <exception cref="StoreException">The disk gives back other than was written or, if all is wanted, something can't be read.</exception>
    public async Task<(List<Node> Commits, Dictionary<Hash256, Node> Others)> ReadNodesAsync(bool mustBeWhole, CancellationToken cancellationToken)
    {
        var loaded = new LoadedStore();
        var log = await _backend.ReadAsync(LogName, cancellationToken).ConfigureAwait(false) ?? default;
        var (length, sequence) = (_logLength, _sequence);
        var records = ReadRecords(log, null, loaded);
        var nodes = new Dictionary<Hash256, Node>();
        var commits = new List<Node>();
        await ReadPacksAsync(records, nodes, commits, loaded, cancellationToken).ConfigureAwait(false);
        foreach (var record in records)
        {
            if (!TryReadBlobs(record.Blobs, nodes, commits))
                loaded.AddDamage(StoreDamage.Log);
        }
        if (_logLength != length || _sequence != sequence)
        {
            // the disk gives back other than was written: what is there stays there
            IsFaulted = true;
            throw new StoreException(StoreError.Damaged, StoreDamage.Log);
        }
        if (mustBeWhole && loaded.Damage.Count > 0)
            throw new StoreException(StoreError.Damaged, loaded.Damage[0]);
        return (commits, nodes);
    }

    private async Task<StoreHeader?> ReadHeaderAsync(LoadedStore loaded, CancellationToken cancellationToken)
    {
        var bytes = await _backend.ReadAsync(HeaderName, cancellationToken).ConfigureAwait(false) ?? default;
        var buffers = new StoreHeader?[StoreHeader.BufferCount];
        for (var i = 0; i < buffers.Length; i++)
            buffers[i] = StoreHeader.TryRead(bytes.Span, i, KeySlots.StoreId, _headerKey);
        _activeBuffer = buffers[0] is { } first && (buffers[1] is not { } second || first.Generation > second.Generation) ? 0 : 1;
        var header = buffers[_activeBuffer];
        buffers[1 - _activeBuffer]?.Dispose();
        if (header is null)
        {
            loaded.AddDamage(StoreDamage.Header);
            return null;
        }
        _headerGeneration = header.Generation;
        _slotKey = new SecretBuffer(header.SlotKey.Bytes);
        _slotKeyId = header.SlotKeyId;
        PurgedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(header.PurgedAt, (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
        return header;
    }

    private List<LogRecord> ReadRecords(ReadOnlyMemory<byte> log, StoreHeader? header, LoadedStore loaded)
    {
        var records = new List<LogRecord>();
        var offset = 0;
        var mac = (ReadOnlyMemory<byte>)LogCipher.FirstMac();
        var sequence = FirstSequence(log.Span);
        while (offset < log.Length && _records.TryRead(log, offset, sequence, mac.Span) is { } record && (record.Kind == RecordKind.Start) == (offset == 0))
        {
            records.Add(record);
            offset += record.Length;
            mac = record.Mac;
            sequence++;
        }
        if (records.Count == 0 || (offset < log.Length && _records.IsFollowed(log, offset, sequence)))
            loaded.AddDamage(StoreDamage.Log);
        else if (header is not null && header.Sequence > records[^1].Sequence)
            loaded.AddDamage(StoreDamage.LogEnd);
        loaded.TornEnd = log[offset..];
        if (records.Count > 0)
        {
            var last = records[^1];
            (_logLength, _startLength, _sequence, _lastMac) = (offset, records[0].Length, last.Sequence, last.Mac.ToArray());
            (SignedHead, UnsignedHead) = (last.Meta.SignedHead, last.Meta.UnsignedHead);
            _isRetired = loaded.IsRetired = last.Meta.IsRetired;
            Slots.Clock = last.Meta.SlotClock;
        }
        return records;
    }

    private static ulong FirstSequence(ReadOnlySpan<byte> log) =>
        log.Length < LogCipher.HeadSize ? 0 : System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(log[8..]);

    private async Task ReadPacksAsync(List<LogRecord> records, Dictionary<Hash256, Node> nodes, List<Node> commits, LoadedStore loaded, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return;
        foreach (var (pack, length) in records[0].Meta.Packs)
        {
            _packLengths[pack] = length;
            var bytes = await _backend.ReadAsync(PackName(KeySlots.Generation, pack), cancellationToken).ConfigureAwait(false) ?? default;
            // what lies beyond was never acknowledged as part of the pack: its blobs are still in the log
            if (!TryReadBlobs(bytes[..(int)Math.Min(length, bytes.Length)], nodes, commits) || bytes.Length < length)
                loaded.AddDamage(StoreDamage.Pack);
        }
    }

    /// <summary>Opens a run of blobs; false if one was refused. Those that could be opened are there all the same.</summary>
    private bool TryReadBlobs(ReadOnlyMemory<byte> rest, Dictionary<Hash256, Node> nodes, List<Node> commits)
    {
        var isWhole = true;
        while (!rest.IsEmpty)
        {
            if (!BlobCipher.TrySplit(ref rest, out var blob))
                return false;
            if (!_blobs.TryOpen(blob.Span, out var node))
                isWhole = false;
            else if (node!.IsCommit)
                commits.Add(node);
            else
                nodes[node.Name] = node;
        }
        return isWhole;
    }

    private void ReadCommits(Dictionary<Hash256, Node> nodes, List<Node> commits, LoadedStore loaded)
    {
        var reader = new CommitReader(nodes);
        var read = new List<Commit>(commits.Count);
        foreach (var node in commits)
        {
            if (reader.TryReadKept(node, out var commit) == CommitError.None)
                read.Add(commit!);
            else
                loaded.AddDamage(StoreDamage.Commit);
        }
        // a commit is later than its parents, so in order of time parents come first
        read.Sort((left, right) => left.Stamp.CompareTo(right.Stamp));
        var whole = new HashSet<Hash256>(read.Count);
        foreach (var commit in read)
        {
            if (whole.Contains(commit.Stamp.Name))
                continue;
            if (commit.Parents.All(whole.Contains))
            {
                whole.Add(commit.Stamp.Name);
                loaded.Commits.Add(commit);
            }
            else
            {
                loaded.AddDamage(StoreDamage.Commit);
            }
        }
        if ((SignedHead != default && !whole.Contains(SignedHead)) || (UnsignedHead != default && !whole.Contains(UnsignedHead)))
            loaded.AddDamage(StoreDamage.Commit);
    }

    private static void CheckHeader(StoreHeader header, List<LogRecord> records, LoadedStore loaded)
    {
        var floor = records.Find(record => record.Sequence == header.Sequence);
        if (floor is not null && (floor.Meta.SlotVersions != header.SlotVersions || floor.Meta.SignedHead != header.SignedHead || floor.Meta.UnsignedHead != header.UnsignedHead))
            loaded.AddDamage(StoreDamage.Header);
    }

    private void ReadSlots(StoreHeader header, List<LogRecord> records, ReadOnlyMemory<byte> log, LoadedStore loaded)
    {
        var entries = new Dictionary<SlotId, SlotEntry>();
        var hasTable = false;
        _nextSlotKeyId = Math.Max(header.SlotKeyId, records.Count == 0 ? 0 : records.Max(record => record.Meta.SlotKeyId)) + 1;
        foreach (var record in records)
        {
            if (record.Meta.SlotKeyId > header.SlotKeyId)
            {
                // a purge whose key never reached the header changed nothing; any other record under a later key proves an older header
                loaded.NeedsPurge = true;
                if (record.Kind != RecordKind.Table)
                    loaded.AddDamage(StoreDamage.HeaderRolledBack);
                continue;
            }
            if (record.Meta.SlotKeyId < header.SlotKeyId || record.Meta.SealedEntries.IsEmpty)
                continue;
            if (record.Kind != RecordKind.Batch)
            {
                hasTable = true;
                entries.Clear();
            }
            var read = SlotTable.OpenEntries(record.Meta.SealedEntries.Span, KeySlots.StoreId, header.SlotKeyId, record.Sequence, header.SlotKey);
            if (read is null || !hasTable)
            {
                loaded.AddDamage(StoreDamage.Slot);
                return;
            }
            foreach (var entry in read)
            {
                loaded.NeedsPurge |= entry.Key is null;
                entries[entry.Id] = entry;
            }
        }
        if (!hasTable)
            loaded.AddDamage(StoreDamage.HeaderRolledBack);
        OpenSlots(entries.Values, log, loaded);
        if (records.Count > 0 && Slots.Versions() != records[^1].Meta.SlotVersions)
            loaded.AddDamage(StoreDamage.Slot);
    }

    private void OpenSlots(IEnumerable<SlotEntry> entries, ReadOnlyMemory<byte> log, LoadedStore loaded)
    {
        foreach (var entry in entries)
        {
            if (entry.Key is null)
                continue;
            var isInside = entry.Offset + entry.Length <= _logLength;
            var value = isInside ? SlotCipher.Open(KeySlots.StoreId, entry.Id, entry.Version, log.Span.Slice((int)entry.Offset, entry.Length), entry.Key) : null;
            if (value is null)
                loaded.AddDamage(StoreDamage.Slot);
            else
                Slots.Set([entry], [value]);
        }
    }
}
