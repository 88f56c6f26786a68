using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>The header: the key that all slots hang on, and a floor below which the log can't be cut unnoticed.</summary>
/// <remarks>Two buffers in one file, each sealed; the higher generation holds. Spec: docs/protocol/store.md §3.6.</remarks>
internal sealed class StoreHeader : IDisposable
{
    public const string FileName = "header";
    public const int BufferCount = 2;
    public const int BufferStep = 4096;
    public const int BufferSize = PlainSize + Sealed.Overhead;

    private const int SlotKeySize = 32;
    private const int PlainSize = sizeof(ulong) + sizeof(ulong) + sizeof(uint) + SlotKeySize + 3 * Hash256.Size + sizeof(ulong);

    public required ulong Generation { get; init; }

    /// <summary>The last record of the log that is known to be durable.</summary>
    public required ulong Sequence { get; init; }

    public required uint SlotKeyId { get; init; }

    public required SecretBuffer SlotKey { get; init; }

    public required Hash256 SlotVersions { get; init; }

    public required Hash256 SignedHead { get; init; }

    public required Hash256 UnsignedHead { get; init; }

    /// <summary>When the slot key was made, in milliseconds since 1970.</summary>
    public required ulong PurgedAt { get; init; }

    public static SecretBuffer GenerateSlotKey(RandomSource random) => SecretBuffer.Generate(SlotKeySize, random);

    public static StoreHeader? TryRead(ReadOnlySpan<byte> source, int buffer, in Hash256 storeId, SecretBuffer key)
    {
        if (source.Length < buffer * BufferStep + BufferSize)
            return null;
        using var plain = Sealed.Open(source.Slice(buffer * BufferStep, BufferSize), Context(storeId, buffer), key);
        if (plain is null)
            return null;
        var reader = new WireReader(plain.Bytes);
        _ = reader.TryReadUInt64(out var generation);
        _ = reader.TryReadUInt64(out var sequence);
        _ = reader.TryReadUInt32(out var slotKeyId);
        _ = reader.TryReadFixed(SlotKeySize, out var slotKey);
        _ = reader.TryReadFixed(Hash256.Size, out var versions);
        _ = reader.TryReadFixed(Hash256.Size, out var signedHead);
        _ = reader.TryReadFixed(Hash256.Size, out var unsignedHead);
        _ = reader.TryReadUInt64(out var purgedAt);
        _ = Hash256.TryRead(versions, out var versionsHash);
        _ = Hash256.TryRead(signedHead, out var signed);
        _ = Hash256.TryRead(unsignedHead, out var unsigned);
        return new StoreHeader
        {
            Generation = generation,
            Sequence = sequence,
            SlotKeyId = slotKeyId,
            SlotKey = new SecretBuffer(slotKey),
            SlotVersions = versionsHash,
            SignedHead = signed,
            UnsignedHead = unsigned,
            PurgedAt = purgedAt,
        };
    }

    public byte[] Write(int buffer, in Hash256 storeId, SecretBuffer key, RandomSource random)
    {
        using var writer = new ByteWriter(PlainSize);
        writer.WriteUInt64(Generation);
        writer.WriteUInt64(Sequence);
        writer.WriteUInt32(checked((int)SlotKeyId));
        writer.WriteFixed(SlotKey.Bytes);
        writer.WriteFixed(SlotVersions.Bytes);
        writer.WriteFixed(SignedHead.Bytes);
        writer.WriteFixed(UnsignedHead.Bytes);
        writer.WriteUInt64(PurgedAt);
        return Sealed.Seal(writer.Written, Context(storeId, buffer), key, random);
    }

    public void Dispose() => SlotKey.Dispose();

    private static byte[] Context(in Hash256 storeId, int buffer)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.Header);
        writer.WriteFixed(storeId.Bytes);
        writer.WriteByte(buffer);
        return writer.ToArray();
    }
}
