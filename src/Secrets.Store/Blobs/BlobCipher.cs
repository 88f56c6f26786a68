using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Turns nodes into blobs and back: XSalsa20-Poly1305 over the padded node, under a name that is encrypted itself.</summary>
/// <remarks>
/// blob = encrypted name (32) ‖ u32 length ‖ tag (16) ‖ ciphertext. The nonce is a keyed hash of the encrypted name: one node has
/// one nonce, whoever seals it and however often. After opening, the name is computed again, encrypted and compared, which binds
/// a blob to its place and to its content. Spec: docs/protocol/store.md §3.1.
/// </remarks>
internal sealed class BlobCipher : IDisposable
{
    /// <summary>Bytes before the sealed part: name and length.</summary>
    public const int HeadSize = Hash256.Size + sizeof(uint);

    /// <summary>The step that sizes are padded to.</summary>
    public const int PaddingStep = 64;

    private const int PrefixSize = 1 + sizeof(uint); // kind + length

    private readonly SecretBuffer _key;
    private readonly SecretBuffer _nonceKey;
    private readonly SecretBuffer _nameKey;

    public BlobCipher(StorageKey storageKey)
    {
        _key = storageKey.Derive(Labels.BlobKey, XSalsa20Poly1305.KeySize);
        _nonceKey = storageKey.Derive(Labels.BlobNonceKey, 32);
        _nameKey = storageKey.Derive(Labels.NameKey, Aes128Cbc.KeySize + Aes128Cbc.BlockSize);
    }

    /// <summary>Size of the whole blob of a node with this many bytes.</summary>
    public static int SizeOf(int nodeLength) => HeadSize + XSalsa20Poly1305.TagSize + PaddedSize(nodeLength);

    /// <summary>Writes the blob of a node; the destination has exactly <see cref="SizeOf"/> bytes.</summary>
    public void Seal(Node node, Span<byte> destination)
    {
        var sealedPart = destination[HeadSize..];
        EncryptName(node.Name, destination[..Hash256.Size]);
        BinaryPrimitives.WriteUInt32BigEndian(destination[Hash256.Size..], (uint)sealedPart.Length);

        var body = sealedPart[XSalsa20Poly1305.TagSize..];
        body[0] = (byte)node.Kind;
        BinaryPrimitives.WriteUInt32BigEndian(body[1..], (uint)node.Bytes.Length);
        node.Bytes.Span.CopyTo(body[PrefixSize..]);
        body[(PrefixSize + node.Bytes.Length)..].Clear();
        Span<byte> nonce = stackalloc byte[XSalsa20Poly1305.NonceSize];
        Blake2b.Hash(nonce, destination[..Hash256.Size], _nonceKey.Bytes);
        XSalsa20Poly1305.Seal(body, sealedPart[..XSalsa20Poly1305.TagSize], body, nonce, _key.Bytes);
    }

    /// <summary>Splits the first blob off a run of blobs.</summary>
    public static bool TrySplit(ref ReadOnlyMemory<byte> rest, out ReadOnlyMemory<byte> blob)
    {
        blob = default;
        if (rest.Length < HeadSize)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span[Hash256.Size..]);
        if (length > rest.Length - HeadSize || length < XSalsa20Poly1305.TagSize + PaddingStep || (length - XSalsa20Poly1305.TagSize) % PaddingStep != 0)
            return false;
        blob = rest[..(HeadSize + (int)length)];
        rest = rest[blob.Length..];
        return true;
    }

    /// <summary>Opens a blob that <see cref="TrySplit"/> gave; false if anything of it was changed or it lies under another's name.</summary>
    public bool TryOpen(ReadOnlySpan<byte> blob, out Node? node)
    {
        node = null;
        var name = blob[..Hash256.Size];
        var sealedPart = blob[HeadSize..];
        Span<byte> nonce = stackalloc byte[XSalsa20Poly1305.NonceSize];
        Blake2b.Hash(nonce, name, _nonceKey.Bytes);
        var rented = ArrayPool<byte>.Shared.Rent(sealedPart.Length - XSalsa20Poly1305.TagSize);
        var body = rented.AsSpan(0, sealedPart.Length - XSalsa20Poly1305.TagSize);
        var isOpen = XSalsa20Poly1305.TryOpen(body, sealedPart[XSalsa20Poly1305.TagSize..], sealedPart[..XSalsa20Poly1305.TagSize], nonce, _key.Bytes)
            && TryReadBody(body, out node)
            && IsNameOf(name, node!.Name);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        if (!isOpen)
            node = null;
        return isOpen;
    }

    /// <summary>The name as it stands on disk.</summary>
    public void EncryptName(in Hash256 name, Span<byte> destination) =>
        Aes128Cbc.Encrypt(destination, name.Bytes, _nameKey.Bytes[Aes128Cbc.KeySize..], _nameKey.Bytes[..Aes128Cbc.KeySize]);

    public void Dispose()
    {
        _key.Dispose();
        _nonceKey.Dispose();
        _nameKey.Dispose();
    }

    private static int PaddedSize(int nodeLength) => (PrefixSize + nodeLength + PaddingStep - 1) / PaddingStep * PaddingStep;

    private static bool TryReadBody(ReadOnlySpan<byte> body, out Node? node)
    {
        node = null;
        var kind = (NodeKind)body[0];
        var length = BinaryPrimitives.ReadUInt32BigEndian(body[1..]);
        if (kind is not (NodeKind.Commit or NodeKind.Leaf or NodeKind.Chunk or NodeKind.Remnant) || length > Node.MaxSize || PaddedSize((int)length) != body.Length
            || body[(PrefixSize + (int)length)..].ContainsAnyExcept((byte)0))
            return false;
        node = new Node(kind, body.Slice(PrefixSize, (int)length).ToArray());
        return true;
    }

    private bool IsNameOf(ReadOnlySpan<byte> encryptedName, in Hash256 name)
    {
        Span<byte> expected = stackalloc byte[Hash256.Size];
        EncryptName(name, expected);
        return CryptographicOperations.FixedTimeEquals(expected, encryptedName);
    }
}
