using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>The pieces of an attachment: each fills one large box of its temporary channel.</summary>
/// <remarks>
/// Chunk i of k: XChaCha20-Poly1305(key, nonce = 16 zero bytes ‖ i (8), ad = "secrets/1/attachment" ‖ k (2), 65,476 bytes of the
/// plaintext, padded with zeros). The key is random and used for one attachment. Decision 26. Spec: docs/protocol/chats.md §4.7.
/// </remarks>
public static class AttachmentChunk
{
    /// <summary>Body of a large box.</summary>
    public const int SealedSize = 65_492;

    /// <summary>Bytes of the plaintext in a chunk.</summary>
    public const int PlainSize = SealedSize - TagSize;

    private const int TagSize = 16;
    private const int NonceSize = 24;

    /// <summary>Number of boxes for a size: 1, 2, 4, 8 …, so that the size shows only roughly; 0 for what is too long.</summary>
    public static int CountFor(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size > (long)AttachmentMessage.MaxBoxes * PlainSize)
            return 0;
        var count = 1;
        while ((long)count * PlainSize < size)
            count *= 2;
        return count;
    }

    /// <summary>Seals a chunk; a short or empty one is padded with zeros.</summary>
    /// <param name="key">32 bytes, random, for this attachment only.</param>
    /// <param name="index">Number of the chunk, from 0.</param>
    /// <param name="count">Number of boxes.</param>
    /// <param name="plaintext">At most 65,476 bytes.</param>
    /// <param name="destination">65,492 bytes.</param>
    public static void Seal(ReadOnlySpan<byte> key, int index, int count, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        if (plaintext.Length > PlainSize || destination.Length != SealedSize)
            throw new ArgumentException("A chunk has at most 65,476 bytes and fills 65,492.", nameof(plaintext));
        Span<byte> nonce = stackalloc byte[NonceSize];
        Span<byte> associated = stackalloc byte[Labels.Attachment.Length + sizeof(ushort)];
        Describe(index, count, nonce, associated);
        var padded = new byte[PlainSize];
        plaintext.CopyTo(padded);
        XChaCha20Poly1305.Seal(destination, padded, associated, nonce, key);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(padded);
    }

    /// <summary>Opens a chunk into 65,476 bytes; anything wrong is Rejected.</summary>
    public static MessageError TryOpen(ReadOnlySpan<byte> key, int index, int count, ReadOnlySpan<byte> chunk, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        if (destination.Length != PlainSize)
            throw new ArgumentException("A chunk opens into 65,476 bytes.", nameof(destination));
        if (chunk.Length != SealedSize)
            return MessageError.Rejected;
        Span<byte> nonce = stackalloc byte[NonceSize];
        Span<byte> associated = stackalloc byte[Labels.Attachment.Length + sizeof(ushort)];
        Describe(index, count, nonce, associated);
        return XChaCha20Poly1305.TryOpen(destination, chunk, associated, nonce, key) ? MessageError.None : MessageError.Rejected;
    }

    private static void Describe(int index, int count, Span<byte> nonce, Span<byte> associated)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[^sizeof(ulong)..], (ulong)index);
        Labels.Attachment.CopyTo(associated);
        BinaryPrimitives.WriteUInt16BigEndian(associated[Labels.Attachment.Length..], (ushort)count);
    }
}
