using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>The file <c>keys</c>: what opens the storage key, the ids, which generation of data files holds, and the sealed backup root.</summary>
/// <remarks>Authenticated as a whole under the storage key. Spec: docs/protocol/store.md §3.4.</remarks>
internal sealed class KeySlots
{
    public const string FileName = "keys";
    public const ushort Version = 1;
    public const int MaxBackupRootSize = 256;

    private const int MacSize = 32;
    private const int ChecksumSize = 16;
    private const byte PasswordKind = 1;
    private const int SealedKeySize = StorageKey.Size + Sealed.Overhead;

    public static ReadOnlySpan<byte> Magic => "SECSTORE"u8;

    public required Hash256 StoreId { get; init; }

    public required Hash256 LedgerId { get; init; }

    /// <summary>The generation of the data files: +1 whenever the storage key is replaced.</summary>
    public required uint Generation { get; init; }

    public required PasswordLock Lock { get; init; }

    /// <summary>The storage key sealed under the password.</summary>
    public required ReadOnlyMemory<byte> SealedKey { get; init; }

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
        if (version != Version || !checksum.SequenceEqual(source[^ChecksumSize..]))
            return StoreError.Damaged;
        if (!reader.TryReadFixed(Hash256.Size, out var storeId) || !reader.TryReadFixed(Hash256.Size, out var ledgerId)
            || !reader.TryReadUInt32(out var generation) || !reader.TryReadByte(out var count) || count != 1
            || !reader.TryReadByte(out var kind) || kind != PasswordKind)
            return StoreError.Damaged;
        var error = PasswordLock.TryRead(ref reader, out var passwordLock);
        if (error != StoreError.None)
            return error;
        if (!reader.TryReadFixed(SealedKeySize, out var sealedKey) || !reader.TryReadBytes16(MaxBackupRootSize + Sealed.Overhead, out var root) || !reader.IsAtEnd)
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
            SealedBackupRoot = root.ToArray(),
        };
        return StoreError.None;
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
        writer.WriteUInt16(Version);
        writer.WriteFixed(StoreId.Bytes);
        writer.WriteFixed(LedgerId.Bytes);
        writer.WriteUInt32((int)Generation);
        writer.WriteByte(1);
        writer.WriteByte(PasswordKind);
        Lock.Write(writer);
        writer.WriteFixed(SealedKey.Span);
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

    /// <summary>What the sealed storage key is bound to: the store and the whole of the slot's parameters.</summary>
    public static byte[] SlotContext(in Hash256 storeId, PasswordLock passwordLock)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.PasswordSlot);
        writer.WriteFixed(storeId.Bytes);
        writer.WriteByte(PasswordKind);
        passwordLock.Write(writer);
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

    private static void Mac(ReadOnlySpan<byte> content, StorageKey key, Span<byte> mac)
    {
        using var macKey = key.Derive(Labels.KeySlotsMacKey, MacSize);
        Blake2b.Hash(mac, content, macKey.Bytes);
    }
}
