using System.Globalization;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>One generation of a store's data files: the log, the packs, the header. All writing goes through here, one caller at a time.</summary>
/// <remarks>Spec: docs/protocol/store.md §3.5, §3.6, §4.</remarks>
internal sealed partial class StoreFiles : IDisposable
{
    public const int PackCount = 256;

    private readonly IStoreBackend _backend;
    private readonly RandomSource _random;
    private readonly TimeProvider _timeProvider;
    private readonly StorageKey _storageKey;
    private readonly StorageKey _dataKey;
    private readonly BlobCipher _blobs;
    private readonly LogCipher _records;
    private readonly SecretBuffer _headerKey;
    private readonly long[] _packLengths = new long[PackCount];
    private readonly HashSet<Hash256> _shared = [];
    private SecretBuffer? _slotKey;
    private uint _slotKeyId;
    private uint _nextSlotKeyId;
    private ulong _headerGeneration;
    private int _activeBuffer;
    private long _logLength;
    private long _startLength;
    private ulong _sequence;
    private byte[] _lastMac = LogCipher.FirstMac();
    private bool _isRetired;

    /// <summary>Takes over the storage key and the key of the data files.</summary>
    public StoreFiles(IStoreBackend backend, KeySlots keySlots, StorageKey storageKey, StorageKey dataKey, RandomSource random, TimeProvider timeProvider)
    {
        _backend = backend;
        _random = random;
        _timeProvider = timeProvider;
        _storageKey = storageKey;
        _dataKey = dataKey;
        KeySlots = keySlots;
        _blobs = new BlobCipher(dataKey);
        _records = new LogCipher(dataKey, keySlots.StoreId);
        _headerKey = dataKey.Derive(Labels.HeaderKey, 32);
    }

    public KeySlots KeySlots { get; private set; }

    /// <summary>The key that the list of key slots is authenticated under.</summary>
    public StorageKey StorageKey => _storageKey;

    public SlotTable Slots { get; } = new();

    /// <summary>When the slot key was made.</summary>
    public DateTimeOffset PurgedAt { get; private set; }

    /// <summary>How much came since the log was begun; measured against what beginning it anew costs.</summary>
    public bool IsPackingDue(long threshold) => _logLength - _startLength >= Math.Max(threshold, _startLength);

    /// <summary>The last commit that was appended, by part.</summary>
    public Hash256 SignedHead { get; private set; }

    /// <inheritdoc cref="SignedHead"/>
    public Hash256 UnsignedHead { get; private set; }

    /// <summary>True once the disk refused to make writes durable: what is on it is known again only after opening anew.</summary>
    public bool IsFaulted { get; private set; }

    /// <summary>Nothing more is written until the store is opened anew.</summary>
    public void Fault() => IsFaulted = true;

    private string LogName => Name("log");

    private string HeaderName => Name(StoreHeader.FileName);

    /// <summary>Appends one record and makes it durable: nodes that aren't there yet, slot changes, the retired mark.</summary>
    /// <exception cref="StoreException">The disk refused; nothing was kept.</exception>
    public async Task AppendAsync(IReadOnlyList<Node> nodes, IReadOnlyList<SlotWrite> slots, bool retire)
    {
        var fresh = Fresh(nodes, out var signedHead, out var unsignedHead);
        var blobs = SealBlobs(fresh);
        var (entries, sealedSlots) = SealSlots(slots, _logLength + LogCipher.HeadSize + blobs.Length);
        var clock = Slots.Clock + (ulong)slots.Count;
        var meta = new RecordMeta
        {
            SlotKeyId = _slotKeyId,
            IsRetired = _isRetired || retire,
            SlotClock = clock,
            SlotVersions = Slots.VersionsAfter(entries),
            SignedHead = signedHead,
            UnsignedHead = unsignedHead,
            Packs = [],
            SealedEntries = entries.Count == 0 ? default : (ReadOnlyMemory<byte>)SlotTable.SealEntries(entries, KeySlots.StoreId, _slotKeyId, _sequence + 1, _slotKey!, _random),
        };
        try
        {
            await AppendRecordAsync(RecordKind.Batch, blobs, sealedSlots, meta).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            entries.ForEach(entry => entry.Dispose());
            throw;
        }
        _isRetired |= retire;
        SignedHead = signedHead;
        UnsignedHead = unsignedHead;
        foreach (var node in fresh)
        {
            if (node.Kind != NodeKind.Commit)
                _shared.Add(node.Name);
        }
        Slots.Set(entries, [.. slots.Select(slot => slot.Release())]);
        Slots.Clock = clock;
        await WriteFloorAsync().ConfigureAwait(false);
    }

    /// <summary>Replaces the slot key: what was sealed under the old one, erased slots and earlier versions, can't be opened again.</summary>
    public async Task PurgeSlotsAsync()
    {
        var newKey = StoreHeader.GenerateSlotKey(_random);
        var newKeyId = _nextSlotKeyId;
        try
        {
            var meta = Meta(newKeyId, SlotTable.SealEntries([.. Slots.Entries], KeySlots.StoreId, newKeyId, _sequence + 1, newKey, _random), []);
            await AppendRecordAsync(RecordKind.Table, default, default, meta).ConfigureAwait(false);
            var now = _timeProvider.GetUtcNow();
            // one buffer after the other: at every instant one of them is whole; after both, the old key is nowhere
            await WriteHeaderAsync(newKey, newKeyId, now).ConfigureAwait(false);
            await WriteHeaderAsync(newKey, newKeyId, now).ConfigureAwait(false);
            (newKey, _slotKey) = (_slotKey, newKey);
            _slotKeyId = newKeyId;
            _nextSlotKeyId = newKeyId + 1;
            PurgedAt = now;
        }
        finally
        {
            newKey?.Dispose();
        }
    }

    /// <summary>Writes the header with what is durable now, and makes it durable.</summary>
    public Task FlushHeaderAsync() => WriteHeaderAsync(_slotKey!, _slotKeyId, PurgedAt);

    public void Dispose()
    {
        Slots.Dispose();
        _slotKey?.Dispose();
        _blobs.Dispose();
        _records.Dispose();
        _headerKey.Dispose();
        _dataKey.Dispose();
        _storageKey.Dispose();
    }

    private static string Name(uint generation, string name) => string.Create(CultureInfo.InvariantCulture, $"{generation}/{name}");

    private static string PackName(uint generation, int pack) => Name(generation, "pack-" + pack.ToString("x2", CultureInfo.InvariantCulture));

    private string Name(string name) => Name(KeySlots.Generation, name);

    private RecordMeta Meta(uint slotKeyId, ReadOnlyMemory<byte> entries, IReadOnlyList<(byte, long)> packs) => new()
    {
        SlotKeyId = slotKeyId,
        IsRetired = _isRetired,
        SlotClock = Slots.Clock,
        SlotVersions = Slots.Versions(),
        SignedHead = SignedHead,
        UnsignedHead = UnsignedHead,
        Packs = packs,
        SealedEntries = entries,
    };

    private List<Node> Fresh(IReadOnlyList<Node> nodes, out Hash256 signedHead, out Hash256 unsignedHead)
    {
        signedHead = SignedHead;
        unsignedHead = UnsignedHead;
        var fresh = new List<Node>(nodes.Count);
        var names = new HashSet<Hash256>();
        foreach (var node in nodes)
        {
            if (node.Kind == NodeKind.Commit)
            {
                if (node.Bytes.Span[1] == (byte)StorePart.Signed)
                    signedHead = node.Name;
                else
                    unsignedHead = node.Name;
                fresh.Add(node);
            }
            else if (!_shared.Contains(node.Name) && names.Add(node.Name))
            {
                fresh.Add(node);
            }
        }
        return fresh;
    }

    private byte[] SealBlobs(List<Node> nodes)
    {
        var blobs = new byte[nodes.Sum(node => BlobCipher.SizeOf(node.Bytes.Length))];
        var place = blobs.AsSpan();
        foreach (var node in nodes)
        {
            var size = BlobCipher.SizeOf(node.Bytes.Length);
            _blobs.Seal(node, place[..size]);
            place = place[size..];
        }
        return blobs;
    }

    private (List<SlotEntry> Entries, byte[] Sealed) SealSlots(IReadOnlyList<SlotWrite> slots, long offset)
    {
        var entries = new List<SlotEntry>(slots.Count);
        using var bytes = new ByteWriter();
        var version = Slots.Clock;
        foreach (var slot in slots)
        {
            version++;
            if (slot.Value is null)
            {
                entries.Add(new SlotEntry(slot.Id, version, null, 0, 0));
                continue;
            }
            var key = SecretBuffer.Generate(SlotCipher.KeySize, _random);
            var sealedSlot = SlotCipher.Seal(KeySlots.StoreId, slot.Id, version, slot.Value.Bytes, key);
            entries.Add(new SlotEntry(slot.Id, version, key, offset + bytes.Length, sealedSlot.Length));
            bytes.WriteFixed(sealedSlot);
        }
        return (entries, bytes.ToArray());
    }

    private async Task AppendRecordAsync(RecordKind kind, ReadOnlyMemory<byte> blobs, ReadOnlyMemory<byte> slots, RecordMeta meta)
    {
        if (IsFaulted)
            throw new StoreException(StoreError.WriteFailed);
        var record = _records.Write(kind, _sequence + 1, blobs.Span, slots.Span, meta, _lastMac, _random);
        var isWritten = false;
        try
        {
            await _backend.WriteAsync(LogName, _logLength, record, CancellationToken.None).ConfigureAwait(false);
            isWritten = true;
            await _backend.FlushAsync(LogName, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // after a failed flush nobody knows what the disk has kept, so nothing more is written until the store is opened anew
            var isKnown = !isWritten || _backend.FlushIsAtomic;
            var isCut = isKnown && await TryCutAsync().ConfigureAwait(false);
            IsFaulted |= isWritten && !isCut;
            throw new StoreException(StoreError.WriteFailed, StoreDamage.None, e);
        }
        _logLength += record.Length;
        _sequence++;
        _lastMac = record[^LogCipher.MacSize..];
    }

    private static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException;

    private async Task<bool> TryCutAsync()
    {
        try
        {
            await _backend.TruncateAsync(LogName, _logLength, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // what is left there is overwritten by the next record, or cut as a torn end at the next opening
            return false;
        }
    }

    /// <summary>Moves the floor up in the buffer that isn't the flushed one, without waiting for the disk.</summary>
    private async Task WriteFloorAsync()
    {
        var header = Header(_slotKey!, _slotKeyId, PurgedAt);
        var buffer = 1 - _activeBuffer;
        try
        {
            await _backend.WriteAsync(HeaderName, buffer * StoreHeader.BufferStep, header.Write(buffer, KeySlots.StoreId, _headerKey, _random), CancellationToken.None).ConfigureAwait(false);
            _headerGeneration = header.Generation;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            // the batch is durable already; an older floor only means that less of a later cut would be noticed
        }
    }

    private async Task WriteHeaderAsync(SecretBuffer slotKey, uint slotKeyId, DateTimeOffset purgedAt)
    {
        var header = Header(slotKey, slotKeyId, purgedAt);
        var buffer = 1 - _activeBuffer;
        try
        {
            await _backend.WriteAsync(HeaderName, buffer * StoreHeader.BufferStep, header.Write(buffer, KeySlots.StoreId, _headerKey, _random), CancellationToken.None).ConfigureAwait(false);
            await _backend.FlushAsync(HeaderName, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            IsFaulted = true;
            throw new StoreException(StoreError.WriteFailed, StoreDamage.None, e);
        }
        _headerGeneration = header.Generation;
        _activeBuffer = buffer;
    }

    private StoreHeader Header(SecretBuffer slotKey, uint slotKeyId, DateTimeOffset purgedAt) => new()
    {
        Generation = _headerGeneration + 1,
        Sequence = _sequence,
        SlotKeyId = slotKeyId,
        SlotKey = slotKey,
        SlotVersions = Slots.Versions(),
        SignedHead = SignedHead,
        UnsignedHead = UnsignedHead,
        PurgedAt = (ulong)Math.Max(0, purgedAt.ToUnixTimeMilliseconds()),
    };
}
