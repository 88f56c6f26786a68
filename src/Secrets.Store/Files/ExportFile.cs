using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>The <c>.s2</c> file: all commits and the sealed backup root, under the password alone.</summary>
/// <remarks>
/// head = magic (8) ‖ u16 version ‖ salt and cost (24) ‖ key check (32) ‖ checksum (16); then segments of 65,536 bytes of content,
/// each with its tag. Content = u64 length ‖ ledger id ‖ u16 length ‖ sealed backup root ‖ bundle of nodes ‖ zeros (Padmé).
/// Spec: docs/protocol/store.md §3.8.
/// </remarks>
internal static class ExportFile
{
    /// <summary>Version 1 has whole commits alone; it is written as long as nothing was purged.</summary>
    public const ushort WholeVersion = 1;
    public const ushort Version = 2;
    public const int SegmentSize = 65_536;
    public const long MaxSize = 1L << 30;

    private const int CheckSize = 32;
    private const int ChecksumSize = 16;
    private const int HeadSize = 8 + sizeof(ushort) + PasswordLock.Size + CheckSize + ChecksumSize;

    public static ReadOnlySpan<byte> Magic => "SECRETS2"u8;

    public static async Task WriteAsync(Stream destination, Hash256 ledgerId, IReadOnlyCollection<Node> nodes, SecretBuffer? root, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, CancellationToken cancellationToken)
    {
        var passwordLock = PasswordLock.Generate(options.PasswordCost, random);
        using var keys = await passwordLock.DeriveAsync(password, options, cancellationToken).ConfigureAwait(false);
        using var key = keys.Derive(Labels.ExportKey);
        var head = WriteHead(nodes.Any(node => node.Kind == NodeKind.Remnant) ? Version : WholeVersion, passwordLock, keys);
        await destination.WriteAsync(head, cancellationToken).ConfigureAwait(false);
        var content = WriteContent(ledgerId, nodes, SealRoot(ledgerId, root, passwordLock, keys, random));
        var segment = new byte[SegmentSize + XChaCha20Poly1305.TagSize];
        for (var offset = 0; offset < content.Length; offset += SegmentSize)
        {
            var size = Math.Min(SegmentSize, content.Length - offset);
            var isLast = offset + size == content.Length;
            SealSegment(segment.AsSpan(0, size + XChaCha20Poly1305.TagSize), content.AsSpan(offset, size), head, offset / SegmentSize, isLast, key);
            await destination.WriteAsync(segment.AsMemory(0, size + XChaCha20Poly1305.TagSize), cancellationToken).ConfigureAwait(false);
        }
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        CryptographicOperations.ZeroMemory(content);
    }

    /// <exception cref="StoreException">Not such a file, wrong password, damaged, of a newer version.</exception>
    public static async Task<ImportedContents> ReadAsync(Stream source, ReadOnlyMemory<byte> password, StoreOptions options, CancellationToken cancellationToken)
    {
        var file = await ReadAllAsync(source, cancellationToken).ConfigureAwait(false);
        var error = TryReadHead(file, out var version, out var passwordLock);
        if (error != StoreError.None)
            throw new StoreException(error, error == StoreError.Damaged ? StoreDamage.Export : StoreDamage.None);
        using var keys = await passwordLock.DeriveAsync(password, options, cancellationToken).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(WriteHead(version, passwordLock, keys), file.AsSpan(0, HeadSize)))
            throw new StoreException(StoreError.WrongPassword);
        using var key = keys.Derive(Labels.ExportKey);
        using var content = OpenSegments(file, key) ?? throw new StoreException(StoreError.Damaged, StoreDamage.Export);
        return ImportedContents.TryRead(content.Bytes, version != WholeVersion, passwordLock, keys) ?? throw new StoreException(StoreError.Damaged, StoreDamage.Export);
    }

    /// <summary>Padmé: the least length with so few significant bits that at most 12 % are added.</summary>
    internal static long PaddedSize(long length)
    {
        var exponent = BitOperations.Log2((ulong)length);
        var kept = exponent == 0 ? 1 : BitOperations.Log2((ulong)exponent) + 1;
        var mask = (1L << Math.Max(0, exponent - kept)) - 1;
        return (length + mask) & ~mask;
    }

    private static StoreError TryReadHead(ReadOnlySpan<byte> file, out ushort version, out PasswordLock passwordLock)
    {
        version = 0;
        passwordLock = default;
        if (!file.StartsWith(Magic))
            return StoreError.NotAnExport;
        var reader = new WireReader(file[Magic.Length..]);
        if (!reader.TryReadUInt16(out version))
            return StoreError.Damaged;
        if (version > Version)
            return StoreError.NewerVersion;
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        if (file.Length < HeadSize || version < WholeVersion)
            return StoreError.Damaged;
        Blake2b.Hash(checksum, file[..(HeadSize - ChecksumSize)]);
        return checksum.SequenceEqual(file[(HeadSize - ChecksumSize)..HeadSize]) ? PasswordLock.TryRead(ref reader, out passwordLock) : StoreError.Damaged;
    }

    private static byte[] WriteHead(ushort version, PasswordLock passwordLock, PasswordKeys keys)
    {
        using var checkKey = keys.Derive(Labels.ExportCheckKey);
        using var writer = new ByteWriter(HeadSize);
        writer.WriteFixed(Magic);
        writer.WriteUInt16(version);
        passwordLock.Write(writer);
        Span<byte> check = stackalloc byte[CheckSize];
        Blake2b.Hash(check, writer.Written, checkKey.Bytes);
        writer.WriteFixed(check);
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        Blake2b.Hash(checksum, writer.Written);
        writer.WriteFixed(checksum);
        return writer.ToArray();
    }

    private static byte[] SealRoot(Hash256 ledgerId, SecretBuffer? root, PasswordLock passwordLock, PasswordKeys keys, RandomSource random)
    {
        if (root is null)
            return [];
        using var rootKey = keys.Derive(Labels.BackupRootKey);
        return Sealed.Seal(root.Bytes, KeySlots.RootContext(ledgerId, passwordLock), rootKey, random);
    }

    private static byte[] WriteContent(in Hash256 ledgerId, IReadOnlyCollection<Node> nodes, byte[] sealedRoot)
    {
        using var writer = new ByteWriter();
        writer.WriteUInt64(0);
        writer.WriteFixed(ledgerId.Bytes);
        writer.WriteUInt16(sealedRoot.Length);
        writer.WriteFixed(sealedRoot);
        writer.WriteFixed(NodeBundle.Write(nodes));
        if (writer.Length > MaxSize)
            throw new InvalidOperationException("An export has at most 1 GiB.");
        BinaryPrimitives.WriteUInt64BigEndian(writer.At(0), (ulong)writer.Length);
        var content = new byte[PaddedSize(writer.Length)];
        writer.Written.CopyTo(content);
        return content;
    }

    private static void SealSegment(Span<byte> destination, ReadOnlySpan<byte> content, byte[] head, int index, bool isLast, SecretBuffer key)
    {
        Span<byte> nonce = stackalloc byte[XChaCha20Poly1305.NonceSize];
        XChaCha20Poly1305.Seal(destination, content, SegmentContext(head, index, isLast, nonce), nonce, key.Bytes);
    }

    /// <summary>Number and end are bound to each segment, so that none can be moved, left out or cut off.</summary>
    private static byte[] SegmentContext(ReadOnlySpan<byte> head, int index, bool isLast, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[16..], (ulong)index);
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.ExportSegment);
        writer.WriteFixed(head);
        writer.WriteByte(isLast ? 1 : 0);
        return writer.ToArray();
    }

    private static SecretBuffer? OpenSegments(byte[] file, SecretBuffer key)
    {
        const int Step = SegmentSize + XChaCha20Poly1305.TagSize;
        var body = file.AsSpan(HeadSize);
        var count = (body.Length + Step - 1) / Step;
        var length = body.Length - count * XChaCha20Poly1305.TagSize;
        if (length <= 0 || (body.Length % Step is > 0 and <= XChaCha20Poly1305.TagSize))
            return null;
        var content = new SecretBuffer(length);
        Span<byte> nonce = stackalloc byte[XChaCha20Poly1305.NonceSize];
        for (var i = 0; i < count; i++)
        {
            var segment = body[(i * Step)..Math.Min((i + 1) * Step, body.Length)];
            var place = content.Bytes.Slice(i * SegmentSize, segment.Length - XChaCha20Poly1305.TagSize);
            if (XChaCha20Poly1305.TryOpen(place, segment, SegmentContext(file.AsSpan(0, HeadSize), i, i == count - 1, nonce), nonce, key.Bytes))
                continue;
            content.Dispose();
            return null;
        }
        return content;
    }

    private static async Task<byte[]> ReadAllAsync(Stream source, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        var buffer = new byte[SegmentSize];
        int count;
        while ((count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            // what isn't one of ours isn't read to its end
            if (file.Length + count > MaxSize + MaxSize / 8)
                throw new StoreException(StoreError.NotAnExport);
            file.Write(buffer, 0, count);
        }
        return file.ToArray();
    }
}
