using System.Buffers.Binary;
using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>Writes and reads records of the log: each is authenticated together with the one before it.</summary>
/// <remarks>
/// record = version, kind, 0 0, u32 length, u64 sequence, u32 blobs, u32 slots, u32 meta ‖ blobs ‖ slots ‖ sealed meta ‖ MAC (32).
/// MAC = BLAKE2b-256(key, MAC of the record before ‖ record). Spec: docs/protocol/store.md §3.5.
/// </remarks>
internal sealed class LogCipher : IDisposable
{
    public const int MacSize = 32;
    public const int HeadSize = 1 + 1 + 2 + sizeof(uint) + sizeof(ulong) + 3 * sizeof(uint);
    public const byte Version = 1;

    private readonly SecretBuffer _key;
    private readonly SecretBuffer _macKey;
    private readonly Hash256 _storeId;

    public LogCipher(StorageKey storageKey, in Hash256 storeId)
    {
        _key = storageKey.Derive(Labels.RecordKey, 32);
        _macKey = storageKey.Derive(Labels.RecordMacKey, MacSize);
        _storeId = storeId;
    }

    /// <summary>The MAC that stands before the first record.</summary>
    public static byte[] FirstMac() => new byte[MacSize];

    /// <summary>The record's bytes; its MAC is their end.</summary>
    public byte[] Write(RecordKind kind, ulong sequence, ReadOnlySpan<byte> blobs, ReadOnlySpan<byte> slots, RecordMeta meta, ReadOnlySpan<byte> previousMac, RandomSource random)
    {
        using var metaWriter = new ByteWriter();
        meta.Write(metaWriter);
        var sealedMeta = Sealed.Seal(metaWriter.Written, Context(kind, sequence), _key, random);
        var record = new byte[HeadSize + blobs.Length + slots.Length + sealedMeta.Length + MacSize];
        var writer = new WireWriter(record);
        writer.WriteByte(Version);
        writer.WriteByte((byte)kind);
        writer.WriteZeros(2);
        writer.WriteUInt32((uint)record.Length);
        writer.WriteUInt64(sequence);
        writer.WriteUInt32((uint)blobs.Length);
        writer.WriteUInt32((uint)slots.Length);
        writer.WriteUInt32((uint)sealedMeta.Length);
        writer.WriteFixed(blobs);
        writer.WriteFixed(slots);
        writer.WriteFixed(sealedMeta);
        Mac(previousMac, record.AsSpan(0, record.Length - MacSize), record.AsSpan(record.Length - MacSize));
        return record;
    }

    /// <summary>Reads the record at an offset; null unless it is whole, follows the MAC before it and has this number.</summary>
    public LogRecord? TryRead(ReadOnlyMemory<byte> log, int offset, ulong sequence, ReadOnlySpan<byte> previousMac)
    {
        var rest = log[offset..];
        var reader = new WireReader(rest.Span);
        if (!reader.TryReadByte(out var version) || version != Version || !reader.TryReadByte(out var kind) || (RecordKind)kind is not (RecordKind.Start or RecordKind.Batch or RecordKind.Table)
            || !reader.TryReadUInt16(out var zero) || zero != 0 || !reader.TryReadUInt32(out var length) || length > (uint)rest.Length
            || !reader.TryReadUInt64(out var number) || number != sequence
            || !reader.TryReadUInt32(out var blobs) || !reader.TryReadUInt32(out var slots) || !reader.TryReadUInt32(out var meta)
            || (ulong)HeadSize + blobs + slots + meta + MacSize != length)
            return null;
        var record = rest[..(int)length];
        Span<byte> mac = stackalloc byte[MacSize];
        Mac(previousMac, record.Span[..^MacSize], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, record.Span[^MacSize..]))
            return null;
        using var plain = Sealed.Open(record.Span[^(MacSize + (int)meta)..^MacSize], Context((RecordKind)kind, sequence), _key);
        if (plain is null || RecordMeta.TryRead(plain.Bytes) is not { } read)
            return null;
        return new LogRecord
        {
            Kind = (RecordKind)kind,
            Sequence = sequence,
            Offset = offset,
            Length = (int)length,
            Blobs = record.Slice(HeadSize, (int)blobs),
            Meta = read,
            Mac = record[^MacSize..],
        };
    }

    /// <summary>True if what stands at the offset isn't a torn end but a damaged record: one that follows it is right.</summary>
    public bool IsFollowed(ReadOnlyMemory<byte> log, int offset, ulong sequence)
    {
        if (log.Length - offset < HeadSize)
            return false;
        // the length field itself may be what is damaged, so any later place where the next record would fit is tried
        for (var next = offset + HeadSize + MacSize; next <= log.Length - HeadSize - MacSize; next++)
        {
            if (log.Span[next] == Version && BinaryPrimitives.ReadUInt64BigEndian(log.Span[(next + 8)..]) == sequence + 1
                && TryRead(log, next, sequence + 1, log.Span.Slice(next - MacSize, MacSize)) is not null)
                return true;
        }
        return false;
    }

    public void Dispose()
    {
        _key.Dispose();
        _macKey.Dispose();
    }

    private byte[] Context(RecordKind kind, ulong sequence)
    {
        using var writer = new ByteWriter();
        writer.WriteBytes32(Labels.Record);
        writer.WriteFixed(_storeId.Bytes);
        writer.WriteByte((int)kind);
        writer.WriteUInt64(sequence);
        return writer.ToArray();
    }

    private void Mac(ReadOnlySpan<byte> previousMac, ReadOnlySpan<byte> record, Span<byte> mac)
    {
        var input = new byte[MacSize + record.Length];
        previousMac.CopyTo(input);
        record.CopyTo(input.AsSpan(MacSize));
        Blake2b.Hash(mac, input, _macKey.Bytes);
    }
}
