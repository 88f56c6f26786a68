using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>The file <c>keys</c>: what opens the storage key, the ids, which generation of data files holds, and the sealed backup root.</summary>
/// <remarks>Authenticated as a whole under the storage key. Spec: docs/protocol/store.md §3.4.</remarks>
internal sealed class KeySlots
{
    public const string FileName = "keys";
    /// <summary>Version 1 has one slot, the password's, and no data key; it is written as long as that is all.</summary>
    public const ushort PasswordVersion = 1;
    public const ushort Version = 2;
    public const int MaxBackupRootSize = 256;

    /// <summary>Most slots of one store, the password's included.</summary>
    public const int MaxCount = 16;

    private const int MacSize = 32;
    private const int ChecksumSize = 16;
    private const int SealedKeySize = StorageKey.Size + Sealed.Overhead;

    public static ReadOnlySpan<byte> Magic => "SECSTORE"u8;

    public required Hash256 StoreId { get; init; }

    public required Hash256 LedgerId { get; init; }

    /// <summary>The generation of the data files: +1 whenever the storage key is replaced.</summary>
    public required uint Generation { get; init; }

    public required PasswordLock Lock { get; init; }

    /// <summary>The storage key sealed under the password.</summary>
    public required ReadOnlyMemory<byte> SealedKey { get; init; }

    /// <summary>The slots besides the password's, strictly ascending by id.</summary>
    public IReadOnlyList<KeySlot> Others { get; init; } = [];

    /// <summary>The data key sealed under the storage key, once something was purged; empty if the storage key is the data key.</summary>
    public ReadOnlyMemory<byte> SealedDataKey { get; init; }

    /// <summary>The backup root sealed directly under the password; empty if there is none.</summary>
    public required ReadOnlyMemory<byte> SealedBackupRoot { get; init; }

    /// <summary>Reads the file; the MAC is checked once the storage key is open.</summary>
    public static StoreError TryRead(ReadOnlySpan<byte> source, out KeySlots? slots)
    {
        slots = null;
        if (source.Length < Magic.Length + sizeof(ushort) + MacSize + ChecksumSize || !source.StartsWith(Magic))
            return StoreError.Damaged;
        var reader = new WireReader(source[Magic.Length..^(MacSize + ChecksumSize)]);
        _ = reader.TryReadUInt16(out var version);
        if (version > Version)
            return StoreError.NewerVersion;
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        Blake2b.Hash(checksum, source[..^ChecksumSize]);
        if (version < PasswordVersion || !checksum.SequenceEqual(source[^ChecksumSize..]))
            return StoreError.Damaged;
        if (!reader.TryReadFixed(Hash256.Size, out var storeId) || !reader.TryReadFixed(Hash256.Size, out var ledgerId)
            || !reader.TryReadUInt32(out var generation) || !reader.TryReadByte(out var count) || count > MaxCount
            || count == 0 || (version == PasswordVersion && count != 1)
            || !reader.TryReadByte(out var kind) || kind != (byte)StoreKeySlotKind.Password)
            return StoreError.Damaged;
        var error = PasswordLock.TryRead(ref reader, out var passwordLock);
        if (error != StoreError.None)
            return error;
        if (!reader.TryReadFixed(SealedKeySize, out var sealedKey) || !TryReadOthers(ref reader, count - 1, out var others)
            || !TryReadDataKey(ref reader, version, count, out var dataKey)
            || !reader.TryReadBytes16(MaxBackupRootSize + Sealed.Overhead, out var root) || !reader.IsAtEnd)
            return StoreError.Damaged;
        _ = Hash256.TryRead(storeId, out var store);
        _ = Hash256.TryRead(ledgerId, out var ledger);
        slots = new KeySlots
        {
            StoreId = store,
            LedgerId = ledger,
            Generation = generation,
            Lock = passwordLock,
            SealedKey = sealedKey.ToArray(),
            Others = others,
            SealedDataKey = dataKey.ToArray(),
            SealedBackupRoot = root.ToArray(),
        };
        return StoreError.None;
    }

    /// <summary>Seals storage key and backup root in every slot: under the password, and to the public keys of the others.</summary>
    public static KeySlots Seal(in Hash256 storeId, in Hash256 ledgerId, uint generation, PasswordLock passwordLock, PasswordKeys passwordKeys, IEnumerable<(StoreKeySlotKind Kind, SlotPublicKey PublicKey)> publicKeys, StorageKey storageKey, ReadOnlyMemory<byte> sealedDataKey, SecretBuffer? root, RandomSource random)
    {
        var others = new List<KeySlot>();
        foreach (var (kind, publicKey) in publicKeys)
            others.Add(KeySlot.Seal(kind, publicKey, storeId, storageKey, root, random));
        others.Sort((left, right) => left.Slot.Id.CompareTo(right.Slot.Id));
        using var slotKey = passwordKeys.Derive(Labels.PasswordSlotKey);
        using var rootKey = passwordKeys.Derive(Labels.BackupRootKey);
        return new KeySlots
        {
            StoreId = storeId,
            LedgerId = ledgerId,
            Generation = generation,
            Lock = passwordLock,
            SealedKey = Sealed.Seal(storageKey.Bytes, SlotContext(storeId, passwordLock, others), slotKey, random),
            Others = others,
            SealedDataKey = sealedDataKey,
            SealedBackupRoot = root is null ? default : (ReadOnlyMemory<byte>)Sealed.Seal(root.Bytes, RootContext(ledgerId, passwordLock), rootKey, random),
        };
    }

    /// <summary>The same list with one slot more, which a device key opens; nothing else is sealed anew.</summary>
    public KeySlots With(KeySlot slot)
    {
        var others = Others.Append(slot).ToList();
        others.Sort((left, right) => left.Slot.Id.CompareTo(right.Slot.Id));
        return With(Generation, others, SealedDataKey);
    }

    /// <summary>The same slots for the next generation of data files, which is under this data key.</summary>
    public KeySlots WithDataKey(StorageKey storageKey, StorageKey dataKey, RandomSource random) =>
        With(Generation + 1, Others, SealDataKey(StoreId, Generation + 1, storageKey, dataKey, random));

    /// <summary>Seals the key of a generation's data files under the storage key.</summary>
    public static byte[] SealDataKey(in Hash256 storeId, uint generation, StorageKey storageKey, StorageKey dataKey, RandomSource random)
    {
        using var key = storageKey.Derive(Labels.DataKeyKey, StorageKey.Size);
        return Sealed.Seal(dataKey.Bytes, DataKeyContext(storeId, generation), key, random);
    }

    /// <summary>The key of the data files, which the caller owns; null if it doesn't open.</summary>
    public StorageKey? OpenDataKey(StorageKey storageKey)
    {
        if (SealedDataKey.IsEmpty)
            return new StorageKey(new SecretBuffer(storageKey.Bytes), StoreId);
        using var key = storageKey.Derive(Labels.DataKeyKey, StorageKey.Size);
        return Sealed.Open(SealedDataKey.Span, DataKeyContext(StoreId, Generation), key) is { } dataKey ? new StorageKey(dataKey, StoreId) : null;
    }

    /// <summary>True if nothing of the file was changed since the holder of the storage key wrote it.</summary>
    public static bool IsAuthentic(ReadOnlySpan<byte> source, StorageKey key)
    {
        Span<byte> mac = stackalloc byte[MacSize];
        Mac(source[..^(MacSize + ChecksumSize)], key, mac);
        return CryptographicOperations.FixedTimeEquals(mac, source[^(MacSize + ChecksumSize)..^ChecksumSize]);
    }

    public byte[] Write(StorageKey key)
    {
        using var writer = new ByteWriter();
        writer.WriteFixed(Magic);
        var version = Others.Count == 0 && SealedDataKey.IsEmpty ? PasswordVersion : Version;
        writer.WriteUInt16(version);
        writer.WriteFixed(StoreId.Bytes);
        writer.WriteFixed(LedgerId.Bytes);
        writer.WriteUInt32((int)Generation);
        writer.WriteByte(1 + Others.Count);
        writer.WriteByte((int)StoreKeySlotKind.Password);
        Lock.Write(writer);
        writer.WriteFixed(SealedKey.Span);
        foreach (var slot in Others)
            slot.Write(writer);
        if (version != PasswordVersion)
        {
            writer.WriteByte(SealedDataKey.Length);
            writer.WriteFixed(SealedDataKey.Span);
        }
        writer.WriteUInt16(SealedBackupRoot.Length);
        writer.WriteFixed(SealedBackupRoot.Span);
        Span<byte> mac = stackalloc byte[MacSize];
        Mac(writer.Written, key, mac);
        writer.WriteFixed(mac);
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        Blake2b.Hash(checksum, writer.Written);
        writer.WriteFixed(checksum);
        return writer.ToArray();
    }

    /// <summary>What the sealed storage key is bound to: the store, the whole of the slot's parameters, and the recovery keys.</summary>
    /// <remarks>The backup root is sealed to the recovery keys too, so that one who has the storage key alone must not slip in another.</remarks>
    public static byte[] SlotContext(in Hash256 storeId, PasswordLock passwordLock, IReadOnlyList<KeySlot> others)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.PasswordSlot);
        writer.WriteFixed(storeId.Bytes);
        writer.WriteByte((int)StoreKeySlotKind.Password);
        passwordLock.Write(writer);
        foreach (var slot in others)
        {
            if (slot.Slot.Kind == StoreKeySlotKind.Recovery)
                writer.WriteFixed(slot.Slot.Id.Bytes);
        }
        return writer.ToArray();
    }

    /// <summary>What the sealed backup root is bound to.</summary>
    public static byte[] RootContext(in Hash256 ledgerId, PasswordLock passwordLock)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.BackupRoot);
        writer.WriteFixed(ledgerId.Bytes);
        passwordLock.Write(writer);
        return writer.ToArray();
    }

    private static byte[] DataKeyContext(in Hash256 storeId, uint generation)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.DataKey);
        writer.WriteFixed(storeId.Bytes);
        writer.WriteUInt32((int)generation);
        return writer.ToArray();
    }

    private KeySlots With(uint generation, IReadOnlyList<KeySlot> others, ReadOnlyMemory<byte> sealedDataKey) => new()
    {
        StoreId = StoreId,
        LedgerId = LedgerId,
        Generation = generation,
        Lock = Lock,
        SealedKey = SealedKey,
        Others = others,
        SealedDataKey = sealedDataKey,
        SealedBackupRoot = SealedBackupRoot,
    };

    /// <summary>Version 1 has none; version 2 has one, or another slot, or it would be written as version 1.</summary>
    private static bool TryReadDataKey(ref WireReader reader, ushort version, int count, out ReadOnlySpan<byte> dataKey)
    {
        dataKey = default;
        return version == PasswordVersion
            || (reader.TryReadBytes8(SealedKeySize, out dataKey) && (dataKey.IsEmpty ? count > 1 : dataKey.Length == SealedKeySize));
    }

    private static bool TryReadOthers(ref WireReader reader, int count, out KeySlot[] others)
    {
        others = new KeySlot[count];
        for (var i = 0; i < count; i++)
        {
            if (!KeySlot.TryRead(ref reader, out var slot) || (i > 0 && others[i - 1].Slot.Id.CompareTo(slot.Slot.Id) >= 0))
                return false;
            others[i] = slot;
        }
        return true;
    }

    private static void Mac(ReadOnlySpan<byte> content, StorageKey key, Span<byte> mac)
    {
        using var macKey = key.Derive(Labels.KeySlotsMacKey, MacSize);
        Blake2b.Hash(mac, content, macKey.Bytes);
    }
}
