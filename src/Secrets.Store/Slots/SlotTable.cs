using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>The slots as they are on disk: entries and values in memory.</summary>
internal sealed class SlotTable : IDisposable
{
    private const byte ValueState = 1;
    private const byte ErasedState = 2;
    private const int EntrySize = SlotId.Size + sizeof(ulong) + 1 + SlotCipher.KeySize + sizeof(ulong) + sizeof(uint);

    private readonly Lock _gate = new();
    private readonly Dictionary<SlotId, (SlotEntry Entry, SecretBuffer? Value)> _slots = [];
    private readonly SlotVersions _versions = new();

    /// <summary>The highest version given so far.</summary>
    public ulong Clock { get; set; }

    /// <summary>The entries in order of their ids.</summary>
    public IReadOnlyList<SlotEntry> Entries
    {
        get
        {
            lock (_gate)
                return [.. _slots.Values.Select(slot => slot.Entry).OrderBy(entry => entry.Id)];
        }
    }

    /// <summary>A copy of a slot's value, which the caller owns; null if it is empty.</summary>
    public SecretBuffer? Copy(SlotId id)
    {
        lock (_gate)
            return _slots.TryGetValue(id, out var slot) && slot.Value is not null ? new SecretBuffer(slot.Value.Bytes) : null;
    }

    /// <summary>Takes entries in, each in place of the earlier one; an erased one leaves nothing. The table owns entries and values.</summary>
    public void Set(IReadOnlyList<SlotEntry> entries, IReadOnlyList<SecretBuffer?> values, bool replacesAll = false)
    {
        lock (_gate)
        {
            if (replacesAll)
                Clear();
            Note(_versions, entries);
            for (var i = 0; i < entries.Count; i++)
            {
                Forget(entries[i].Id);
                if (entries[i].Key is not null)
                    _slots.Add(entries[i].Id, (entries[i], values[i]));
            }
        }
    }

    /// <summary>A hash over all ids and versions: what can't be rolled back for one slot alone.</summary>
    public Hash256 Versions()
    {
        lock (_gate)
            return _versions.Hash;
    }

    /// <summary>What <see cref="Versions"/> will be when these entries are taken in.</summary>
    public Hash256 VersionsAfter(IReadOnlyList<SlotEntry> changes)
    {
        lock (_gate)
        {
            var after = _versions.Clone();
            Note(after, changes);
            return after.Hash;
        }
    }

    public static Hash256 Hash(IEnumerable<(SlotId Id, ulong Version)> slots)
    {
        var versions = new SlotVersions();
        foreach (var (id, version) in slots)
            versions.Set(id, version);
        return versions.Hash;
    }

    /// <summary>Seals entries under the slot key.</summary>
    public static byte[] SealEntries(IReadOnlyCollection<SlotEntry> entries, in Hash256 storeId, uint keyId, ulong sequence, SecretBuffer slotKey, RandomSource random)
    {
        using var writer = new ByteWriter(entries.Count * EntrySize + sizeof(uint));
        writer.WriteUInt32(entries.Count);
        foreach (var entry in entries)
        {
            writer.WriteFixed(entry.Id.Bytes);
            writer.WriteUInt64(entry.Version);
            writer.WriteByte(entry.Key is null ? ErasedState : ValueState);
            if (entry.Key is null)
                writer.Take(SlotCipher.KeySize).Clear();
            else
                writer.WriteFixed(entry.Key.Bytes);
            writer.WriteUInt64((ulong)entry.Offset);
            writer.WriteUInt32(entry.Length);
        }
        using var key = StorageKey.Derive(slotKey.Bytes, Labels.SlotTableKey, storeId, 32);
        return Sealed.Seal(writer.Written, Context(storeId, keyId, sequence), key, random);
    }

    /// <summary>Opens entries; null if they were sealed under another slot key or changed. The caller owns them.</summary>
    public static List<SlotEntry>? OpenEntries(ReadOnlySpan<byte> source, in Hash256 storeId, uint keyId, ulong sequence, SecretBuffer slotKey)
    {
        using var key = StorageKey.Derive(slotKey.Bytes, Labels.SlotTableKey, storeId, 32);
        using var plain = Sealed.Open(source, Context(storeId, keyId, sequence), key);
        if (plain is null)
            return null;
        var reader = new WireReader(plain.Bytes);
        if (!reader.TryReadUInt32(out var count) || reader.Remaining != (long)count * EntrySize)
            return null;
        var entries = new List<SlotEntry>((int)count);
        for (var i = 0; i < count; i++)
        {
            _ = reader.TryReadFixed(SlotId.Size, out var idBytes);
            _ = reader.TryReadUInt64(out var version);
            _ = reader.TryReadByte(out var state);
            _ = reader.TryReadFixed(SlotCipher.KeySize, out var slotKeyBytes);
            _ = reader.TryReadUInt64(out var offset);
            _ = reader.TryReadUInt32(out var length);
            _ = SlotId.TryRead(idBytes, out var id);
            if (state is not (ValueState or ErasedState) || offset > int.MaxValue || length > int.MaxValue)
                return null;
            entries.Add(new SlotEntry(id, version, state == ValueState ? new SecretBuffer(slotKeyBytes) : null, (long)offset, (int)length));
        }
        return entries;
    }

    public void Dispose()
    {
        lock (_gate)
            Clear();
    }

    private void Clear()
    {
        foreach (var id in _slots.Keys.ToArray())
            Forget(id);
        _versions.Clear();
    }

    private static void Note(SlotVersions versions, IReadOnlyList<SlotEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Key is null)
                versions.Remove(entry.Id);
            else
                versions.Set(entry.Id, entry.Version);
        }
    }

    private void Forget(SlotId id)
    {
        if (!_slots.Remove(id, out var old))
            return;
        old.Entry.Dispose();
        old.Value?.Dispose();
    }

    private static byte[] Context(in Hash256 storeId, uint keyId, ulong sequence)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.SlotTable);
        writer.WriteFixed(storeId.Bytes);
        writer.WriteUInt32((int)keyId);
        writer.WriteUInt64(sequence);
        return writer.ToArray();
    }
}
