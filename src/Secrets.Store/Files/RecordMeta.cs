using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>The sealed part of a log record.</summary>
/// <remarks>Spec: docs/protocol/store.md §3.5.</remarks>
internal sealed class RecordMeta
{
    private const int RetiredFlag = 1;

    /// <summary>Which slot key the entries are sealed under.</summary>
    public required uint SlotKeyId { get; init; }

    public required bool IsRetired { get; init; }

    /// <summary>The highest version that any slot was given.</summary>
    public required ulong SlotClock { get; init; }

    /// <summary>A hash over ids and versions of all slots after this record.</summary>
    public required Hash256 SlotVersions { get; init; }

    public required Hash256 SignedHead { get; init; }

    public required Hash256 UnsignedHead { get; init; }

    /// <summary>Lengths of the packs; only in a start record.</summary>
    public required IReadOnlyList<(byte Pack, long Length)> Packs { get; init; }

    /// <summary>Slot entries, sealed under the slot key; empty if the record changes none.</summary>
    public required ReadOnlyMemory<byte> SealedEntries { get; init; }

    public static RecordMeta? TryRead(ReadOnlySpan<byte> source)
    {
        var reader = new WireReader(source);
        if (!reader.TryReadUInt32(out var keyId) || !reader.TryReadByte(out var flags) || (flags & ~RetiredFlag) != 0 || !reader.TryReadUInt64(out var clock)
            || !reader.TryReadFixed(Hash256.Size, out var versions) || !reader.TryReadFixed(Hash256.Size, out var signed) || !reader.TryReadFixed(Hash256.Size, out var unsigned)
            || !reader.TryReadUInt16(out var count) || count > StoreFiles.PackCount)
            return null;
        var packs = new (byte, long)[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadByte(out var pack) || !reader.TryReadUInt64(out var length) || length > long.MaxValue)
                return null;
            packs[i] = (pack, (long)length);
        }
        if (!reader.TryReadBytes32(int.MaxValue, out var entries) || !reader.IsAtEnd)
            return null;
        _ = Hash256.TryRead(versions, out var versionsHash);
        _ = Hash256.TryRead(signed, out var signedHead);
        _ = Hash256.TryRead(unsigned, out var unsignedHead);
        return new RecordMeta
        {
            SlotKeyId = keyId,
            IsRetired = (flags & RetiredFlag) != 0,
            SlotClock = clock,
            SlotVersions = versionsHash,
            SignedHead = signedHead,
            UnsignedHead = unsignedHead,
            Packs = packs,
            SealedEntries = entries.ToArray(),
        };
    }

    public void Write(ByteWriter writer)
    {
        writer.WriteUInt32((int)SlotKeyId);
        writer.WriteByte(IsRetired ? RetiredFlag : 0);
        writer.WriteUInt64(SlotClock);
        writer.WriteFixed(SlotVersions.Bytes);
        writer.WriteFixed(SignedHead.Bytes);
        writer.WriteFixed(UnsignedHead.Bytes);
        writer.WriteUInt16(Packs.Count);
        foreach (var (pack, length) in Packs)
        {
            writer.WriteByte(pack);
            writer.WriteUInt64((ulong)length);
        }
        writer.WriteBytes32(SealedEntries.Span);
    }
}
