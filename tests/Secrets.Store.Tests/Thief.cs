namespace Secrets.Store.Tests;

/// <summary>Somebody with a copy of the files and the password who knows the format and tries everything.</summary>
internal static class Thief
{
    /// <summary>Every slot value that the files give, of any version.</summary>
    public static async Task<List<byte[]>> SlotValuesAsync(MemoryFiles files, ReadOnlyMemory<byte> password)
    {
        var found = new List<byte[]>();
        Assert.Equal(StoreError.None, KeySlots.TryRead(files.Content["keys"].ToArray(), out var keys));
        using var storageKey = await StorageKeyAsync(files, password);
        using var storage = keys!.OpenDataKey(storageKey)!;
        using var headerKey = storage.Derive(Labels.HeaderKey, 32);
        using var records = new LogCipher(storage, keys.StoreId);
        var header = files.Content[$"{keys.Generation}/header"].ToArray();
        var log = files.Content[$"{keys.Generation}/log"].ToArray();
        for (var buffer = 0; buffer < StoreHeader.BufferCount; buffer++)
        {
            if (StoreHeader.TryRead(header, buffer, keys.StoreId, headerKey) is not { } read)
                continue;
            foreach (var record in Records(records, log))
            {
                var entries = record.Meta.SealedEntries.IsEmpty ? null
                    : SlotTable.OpenEntries(record.Meta.SealedEntries.Span, keys.StoreId, record.Meta.SlotKeyId, record.Sequence, read.SlotKey);
                foreach (var entry in entries ?? [])
                {
                    if (entry.Key is not null && SlotCipher.Open(keys.StoreId, entry.Id, entry.Version, log.AsSpan((int)entry.Offset, entry.Length), entry.Key) is { } value)
                        found.Add(value.Bytes.ToArray());
                }
            }
        }
        return found;
    }

    /// <summary>Every node that the files give, of whatever generation.</summary>
    public static async Task<List<Node>> NodesAsync(MemoryFiles files, ReadOnlyMemory<byte> password)
    {
        using var storage = await StorageKeyAsync(files, password);
        Assert.Equal(StoreError.None, KeySlots.TryRead(files.Content["keys"].ToArray(), out var keys));
        using var dataKey = keys!.OpenDataKey(storage)!;
        return [.. Nodes(files, storage, keys.StoreId), .. Nodes(files, dataKey, keys.StoreId)];
    }

    /// <summary>Every node that this key opens.</summary>
    public static List<Node> Nodes(MemoryFiles files, StorageKey dataKey, Crypto.Hash256 storeId)
    {
        using var records = new LogCipher(dataKey, storeId);
        using var blobs = new BlobCipher(dataKey);
        var found = new List<Node>();
        foreach (var (name, content) in files.Content.Where(file => file.Key.Contains('/', StringComparison.Ordinal) && !file.Key.EndsWith("header", StringComparison.Ordinal)))
        {
            var runs = name.EndsWith("log", StringComparison.Ordinal) ? Records(records, content.ToArray()).Select(record => record.Blobs) : [content.ToArray()];
            foreach (var run in runs)
            {
                for (var rest = run; BlobCipher.TrySplit(ref rest, out var blob);)
                {
                    if (blobs.TryOpen(blob.Span, out var node))
                        found.Add(node!);
                }
            }
        }
        return found;
    }

    public static async Task<StorageKey> StorageKeyAsync(MemoryFiles files, ReadOnlyMemory<byte> password)
    {
        Assert.Equal(StoreError.None, KeySlots.TryRead(files.Content["keys"].ToArray(), out var keys));
        using var passwordKeys = await keys!.Lock.DeriveAsync(password, World.Cheap(), CancellationToken.None);
        using var slotKey = passwordKeys.Derive(Labels.PasswordSlotKey);
        return new StorageKey(Sealed.Open(keys.SealedKey.Span, KeySlots.SlotContext(keys.StoreId, keys.Lock, keys.Others), slotKey)!, keys.StoreId);
    }

    private static List<LogRecord> Records(LogCipher cipher, ReadOnlyMemory<byte> log)
    {
        var records = new List<LogRecord>();
        var offset = 0;
        var sequence = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(log.Span[8..]);
        ReadOnlyMemory<byte> mac = LogCipher.FirstMac();
        while (offset < log.Length && cipher.TryRead(log, offset, sequence, mac.Span) is { } record)
        {
            records.Add(record);
            offset += record.Length;
            mac = record.Mac;
            sequence++;
        }
        return records;
    }
}
