using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>A slot that a recovery or device key opens: the storage key sealed to a public key, so that it can be sealed anew without the key.</summary>
/// <remarks>
/// dh = X25519(fresh, public), (ct, ss) = Encaps(public); key = HKDF-SHA-256(dh ‖ ss, info = label ‖ H(store id, kind, public key, fresh
/// public key, ct)). Both halves, as whoever copies the file has the data beside it. Spec: docs/protocol/store.md §3.4.
/// </remarks>
internal sealed class KeySlot
{
    private const int KeySize = 32;
    private const int HeadSize = X25519PublicKey.Size + MlKemEncapsulationKey.CiphertextSize;
    private const int MinSealedSize = StorageKey.Size + XChaCha20Poly1305.TagSize;

    private readonly byte[] _sealing;

    private KeySlot(StoreKeySlotKind kind, SlotPublicKey publicKey, byte[] sealing)
    {
        PublicKey = publicKey;
        _sealing = sealing;
        Slot = SlotOf(kind, publicKey);
    }

    public StoreKeySlot Slot { get; }

    public SlotPublicKey PublicKey { get; }

    /// <summary>Seals the storage key, and the backup root behind it, which only a recovery key may have.</summary>
    public static KeySlot Seal(StoreKeySlotKind kind, SlotPublicKey publicKey, in Hash256 storeId, StorageKey storageKey, SecretBuffer? root, RandomSource random)
    {
        var withRoot = kind == StoreKeySlotKind.Recovery ? root : null;
        var sealing = new byte[HeadSize + MinSealedSize + (withRoot?.Length ?? 0)];
        using var message = new SecretBuffer(StorageKey.Size + (withRoot?.Length ?? 0));
        storageKey.Bytes.CopyTo(message.Bytes);
        withRoot?.Bytes.CopyTo(message.Bytes[StorageKey.Size..]);
        Span<byte> input = stackalloc byte[X25519PrivateKey.SharedSize + MlKemEncapsulationKey.SharedSize];
        using (var fresh = X25519PrivateKey.Generate(random))
        {
            fresh.PublicKey.Bytes.CopyTo(sealing);
            if (!fresh.TryAgree(publicKey.Agreement, input[..X25519PrivateKey.SharedSize]))
                throw new System.Diagnostics.UnreachableException(); // refused when the public key was read
        }
        publicKey.Encapsulation.Encapsulate(sealing.AsSpan(X25519PublicKey.Size, MlKemEncapsulationKey.CiphertextSize), input[X25519PrivateKey.SharedSize..], random);
        var transcript = Transcript(kind, publicKey, storeId, sealing.AsSpan(0, HeadSize));
        using var key = DeriveKey(input, transcript);
        XChaCha20Poly1305.Seal(sealing.AsSpan(HeadSize), message.Bytes, transcript.Bytes, ZeroNonce, key.Bytes);
        return new KeySlot(kind, publicKey, sealing);
    }

    /// <summary>Opens the storage key, and the backup root if there is one; false if the pair isn't this slot's or anything was changed. The caller owns both.</summary>
    public bool TryOpen(SlotKeyPair pair, in Hash256 storeId, [NotNullWhen(true)] out SecretBuffer? storageKey, out SecretBuffer? root)
    {
        storageKey = root = null;
        var head = _sealing.AsSpan(0, HeadSize);
        Span<byte> input = stackalloc byte[X25519PrivateKey.SharedSize + MlKemEncapsulationKey.SharedSize];
        if (pair.Kind != Slot.Kind || !pair.PublicKey.Bytes.SequenceEqual(PublicKey.Bytes)
            || !X25519PublicKey.TryRead(head[..X25519PublicKey.Size], out var fresh)
            || !pair.Agreement.TryAgree(fresh, input[..X25519PrivateKey.SharedSize])
            || !pair.Decapsulation.TryDecapsulate(head[X25519PublicKey.Size..], input[X25519PrivateKey.SharedSize..]))
            return false;
        var transcript = Transcript(Slot.Kind, PublicKey, storeId, head);
        using var key = DeriveKey(input, transcript);
        using var message = new SecretBuffer(_sealing.Length - HeadSize - XChaCha20Poly1305.TagSize);
        if (!XChaCha20Poly1305.TryOpen(message.Bytes, _sealing.AsSpan(HeadSize), transcript.Bytes, ZeroNonce, key.Bytes))
            return false;
        storageKey = new SecretBuffer(message.Bytes[..StorageKey.Size]);
        root = message.Length == StorageKey.Size ? null : new SecretBuffer(message.Bytes[StorageKey.Size..]);
        return true;
    }

    // u8 kind ‖ public key 1,216 ‖ fresh public key 32 ‖ ct 1,088 ‖ u16 n ‖ sealed
    public void Write(ByteWriter writer)
    {
        writer.WriteByte((int)Slot.Kind);
        writer.WriteFixed(PublicKey.Bytes);
        writer.WriteFixed(_sealing.AsSpan(0, HeadSize));
        writer.WriteUInt16(_sealing.Length - HeadSize);
        writer.WriteFixed(_sealing.AsSpan(HeadSize));
    }

    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out KeySlot? slot)
    {
        slot = null;
        if (!reader.TryReadByte(out var kindByte) || (StoreKeySlotKind)kindByte is var kind && kind is not (StoreKeySlotKind.Recovery or StoreKeySlotKind.Device)
            || !reader.TryReadFixed(SlotPublicKey.Size, out var publicBytes) || !SlotPublicKey.TryRead(publicBytes, out var publicKey)
            || !reader.TryReadFixed(HeadSize, out var head) || !reader.TryReadBytes16(MinSealedSize + KeySlots.MaxBackupRootSize, out var sealedKey)
            || sealedKey.Length < MinSealedSize || (kind == StoreKeySlotKind.Device && sealedKey.Length != MinSealedSize))
            return false;
        slot = new KeySlot(kind, publicKey, [.. head, .. sealedKey]);
        return true;
    }

    /// <summary>The id: a hash of kind and public key.</summary>
    public static StoreKeySlot SlotOf(StoreKeySlotKind kind, SlotPublicKey publicKey) =>
        new(kind, LabelledHash.Start(Labels.KeySlotId).Add([(byte)kind]).Add(publicKey.Bytes).Finish());

    // the key is new with every fresh key pair and seals one message
    private static ReadOnlySpan<byte> ZeroNonce => new byte[XChaCha20Poly1305.NonceSize];

    private static Hash256 Transcript(StoreKeySlotKind kind, SlotPublicKey publicKey, in Hash256 storeId, ReadOnlySpan<byte> head) =>
        LabelledHash.Start(Labels.KeySlot).Add(storeId.Bytes).Add([(byte)kind]).Add(publicKey.Bytes).Add(head[..X25519PublicKey.Size]).Add(head[X25519PublicKey.Size..]).Finish();

    /// <summary>Derives the key and wipes the shared secrets.</summary>
    private static SecretBuffer DeriveKey(Span<byte> shared, in Hash256 transcript)
    {
        var key = new SecretBuffer(KeySize);
        Hkdf.DeriveSha256(key.Bytes, shared, default, [.. Labels.KeySlotKey, .. transcript.Bytes]);
        CryptographicOperations.ZeroMemory(shared);
        return key;
    }
}
