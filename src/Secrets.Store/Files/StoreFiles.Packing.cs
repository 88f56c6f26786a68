using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Making the files of a generation, moving blobs from the log into packs, cutting torn ends.</content>
internal sealed partial class StoreFiles
{
    /// <summary>Saves bytes of a torn write beside the log and cuts it there, so that appending can go on.</summary>
    public async Task CutTornEndAsync(ReadOnlyMemory<byte> tornEnd, CancellationToken cancellationToken)
    {
        if (tornEnd.IsEmpty)
            return;
        await _backend.ReplaceAsync(Name("torn"), tornEnd, cancellationToken).ConfigureAwait(false);
        await _backend.TruncateAsync(LogName, _logLength, cancellationToken).ConfigureAwait(false);
        await _backend.FlushAsync(LogName, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what is left of other generations.</summary>
    public async Task RemoveOtherGenerationsAsync(CancellationToken cancellationToken)
    {
        var prefix = Name("");
        foreach (var name in await _backend.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (name != KeySlots.FileName && !name.StartsWith(prefix, StringComparison.Ordinal))
                await _backend.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes all files of a new generation: packs with these nodes, log, header. Nothing points to them yet.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    public async Task WriteGenerationAsync(IReadOnlyCollection<Node> nodes, IReadOnlyList<SlotWrite> slots, ulong slotClock, Hash256 signedHead, Hash256 unsignedHead, CancellationToken cancellationToken)
    {
        _slotKey = StoreHeader.GenerateSlotKey(_random);
        _slotKeyId = 1;
        _nextSlotKeyId = 2;
        PurgedAt = _timeProvider.GetUtcNow();
        (SignedHead, UnsignedHead) = (signedHead, unsignedHead);
        try
        {
            await AppendToPacksAsync(SealBlobs([.. nodes]), cancellationToken).ConfigureAwait(false);
            Slots.Clock = slotClock;
            await ReplaceLogAsync(slots, cancellationToken).ConfigureAwait(false);
            await WriteHeaderAsync(_slotKey, _slotKeyId, PurgedAt).ConfigureAwait(false);
            await WriteHeaderAsync(_slotKey, _slotKeyId, PurgedAt).ConfigureAwait(false);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new StoreException(StoreError.WriteFailed, StoreDamage.None, e);
        }
        foreach (var node in nodes)
        {
            if (!node.IsCommit)
                _shared.Add(node.Name);
        }
    }

    /// <summary>Removes the files of this generation, as far as the disk lets; false if it doesn't.</summary>
    public async Task<bool> RemoveAsync()
    {
        try
        {
            var prefix = Name("");
            foreach (var name in await _backend.ListAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal))
                    await _backend.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            }
            return true;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // the next opening removes what is left
            return false;
        }
    }

    /// <summary>Puts the list of key slots in place, which makes this generation the one that holds.</summary>
    /// <exception cref="StoreException">The disk refused; the list before holds.</exception>
    public async Task PublishAsync(KeySlots keySlots, CancellationToken cancellationToken)
    {
        var bytes = keySlots.Write(_storageKey);
        try
        {
            await _backend.ReplaceAsync(KeySlots.FileName, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // a refused rename may have happened: then what is in memory is no longer what holds
            IsFaulted |= await IsInPlaceAsync(bytes).ConfigureAwait(false);
            throw new StoreException(StoreError.WriteFailed, StoreDamage.None, e);
        }
        KeySlots = keySlots;
    }

    /// <summary>True if the list on the disk names this generation, or can't be read so that nobody knows.</summary>
    public Task<bool> MayBePublishedAsync() => IsInPlaceAsync(KeySlots.Write(_storageKey));

    private async Task<bool> IsInPlaceAsync(ReadOnlyMemory<byte> keySlots)
    {
        try
        {
            return await _backend.ReadAsync(KeySlots.FileName, CancellationToken.None).ConfigureAwait(false) is { } found
                && found.Span.SequenceEqual(keySlots.Span);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return true;
        }
    }

    /// <summary>Moves all blobs from the log into packs and starts the log anew with the slots alone.</summary>
    /// <exception cref="StoreException">The disk refused; the log is as it was.</exception>
    public async Task PackAsync()
    {
        if (IsFaulted)
            throw new StoreException(StoreError.WriteFailed);
        try
        {
            var log = await _backend.ReadAsync(LogName, CancellationToken.None).ConfigureAwait(false) ?? default;
            var (length, sequence) = (_logLength, _sequence);
            var records = ReadRecords(log, null, new LoadedStore());
            if (_logLength != length || _sequence != sequence)
            {
                // the disk gives back other than was written: what is there stays there
                IsFaulted = true;
                throw new StoreException(StoreError.Damaged, StoreDamage.Log);
            }
            using var blobs = new ByteWriter((int)_logLength);
            foreach (var record in records)
                blobs.WriteFixed(record.Blobs.Span);
            await AppendToPacksAsync(blobs.ToArray(), CancellationToken.None).ConfigureAwait(false);
            var slots = Slots.Entries.Select(entry => new SlotWrite(entry.Id, Slots.Copy(entry.Id))).ToArray();
            await ReplaceLogAsync(slots, CancellationToken.None).ConfigureAwait(false);
            await FlushHeaderAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            IsFaulted = true;
            throw new StoreException(StoreError.WriteFailed, StoreDamage.None, e);
        }
    }

    private async Task AppendToPacksAsync(ReadOnlyMemory<byte> blobs, CancellationToken cancellationToken)
    {
        var packs = new ByteWriter?[PackCount];
        for (var rest = blobs; BlobCipher.TrySplit(ref rest, out var blob);)
            (packs[blob.Span[0]] ??= new ByteWriter(blob.Length)).WriteFixed(blob.Span);
        for (var i = 0; i < PackCount; i++)
        {
            if (packs[i] is not { } pack)
                continue;
            var name = PackName(KeySlots.Generation, i);
            await _backend.WriteAsync(name, _packLengths[i], pack.ToArray(), cancellationToken).ConfigureAwait(false);
            await _backend.FlushAsync(name, cancellationToken).ConfigureAwait(false);
        }
        // only now, when all of it is durable; before, a repetition overwrites
        for (var i = 0; i < PackCount; i++)
            _packLengths[i] += packs[i]?.Length ?? 0;
    }

    /// <summary>Writes a log of one start record: each slot as a new version under a new key of its own.</summary>
    private async Task ReplaceLogAsync(IReadOnlyList<SlotWrite> slots, CancellationToken cancellationToken)
    {
        var (entries, sealedSlots) = SealSlots(slots, LogCipher.HeadSize);
        var clock = Slots.Clock + (ulong)slots.Count;
        var packs = new List<(byte, long)>();
        for (var i = 0; i < PackCount; i++)
        {
            if (_packLengths[i] > 0)
                packs.Add(((byte)i, _packLengths[i]));
        }
        var meta = new RecordMeta
        {
            SlotKeyId = _slotKeyId,
            IsRetired = _isRetired,
            SlotClock = clock,
            SlotVersions = SlotTable.Hash(entries.Select(entry => (entry.Id, entry.Version))),
            SignedHead = SignedHead,
            UnsignedHead = UnsignedHead,
            Packs = packs,
            SealedEntries = SlotTable.SealEntries(entries, KeySlots.StoreId, _slotKeyId, _sequence + 1, _slotKey!, _random),
        };
        var record = _records.Write(RecordKind.Start, _sequence + 1, [], sealedSlots, meta, LogCipher.FirstMac(), _random);
        await _backend.ReplaceAsync(LogName, record, cancellationToken).ConfigureAwait(false);
        (_logLength, _startLength, _sequence, _lastMac) = (record.Length, record.Length, _sequence + 1, record[^LogCipher.MacSize..]);
        Slots.Set(entries, [.. slots.Select(slot => slot.Release())], replacesAll: true);
        Slots.Clock = clock;
    }
}
