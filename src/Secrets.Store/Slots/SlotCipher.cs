using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Seals one version of a slot under a key of its own, bound to store, slot and version.</summary>
/// <remarks>XChaCha20-Poly1305 with a zero nonce, as no key is used twice; padded to 64 bytes. Spec: docs/protocol/store.md §3.7.</remarks>
internal static class SlotCipher
{
    public const int KeySize = XChaCha20Poly1305.KeySize;
    public const int MaxValueSize = 256 * 1024;

    private const int PaddingStep = 64;

    public static byte[] Seal(in Hash256 storeId, SlotId slot, ulong version, ReadOnlySpan<byte> value, SecretBuffer key)
    {
        using var plain = new SecretBuffer((sizeof(uint) + value.Length + PaddingStep - 1) / PaddingStep * PaddingStep);
        BinaryPrimitives.WriteUInt32BigEndian(plain.Bytes, (uint)value.Length);
        value.CopyTo(plain.Bytes[sizeof(uint)..]);
        var result = new byte[plain.Length + XChaCha20Poly1305.TagSize];
        Span<byte> nonce = stackalloc byte[XChaCha20Poly1305.NonceSize];
        nonce.Clear();
        XChaCha20Poly1305.Seal(result, plain.Bytes, Context(storeId, slot, version), nonce, key.Bytes);
        return result;
    }

    /// <summary>Opens a version; null if it isn't this one of this slot in this store.</summary>
    public static SecretBuffer? Open(in Hash256 storeId, SlotId slot, ulong version, ReadOnlySpan<byte> source, SecretBuffer key)
    {
        if (source.Length < XChaCha20Poly1305.TagSize + PaddingStep)
            return null;
        using var plain = new SecretBuffer(source.Length - XChaCha20Poly1305.TagSize);
        Span<byte> nonce = stackalloc byte[XChaCha20Poly1305.NonceSize];
        nonce.Clear();
        if (!XChaCha20Poly1305.TryOpen(plain.Bytes, source, Context(storeId, slot, version), nonce, key.Bytes))
            return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(plain.Bytes);
        return length is > 0 and <= MaxValueSize && length <= plain.Length - sizeof(uint) ? new SecretBuffer(plain.Bytes.Slice(sizeof(uint), (int)length)) : null;
    }

    private static byte[] Context(in Hash256 storeId, SlotId slot, ulong version)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.Slot);
        writer.WriteFixed(storeId.Bytes);
        writer.WriteFixed(slot.Bytes);
        writer.WriteUInt64(version);
        return writer.ToArray();
    }
}
