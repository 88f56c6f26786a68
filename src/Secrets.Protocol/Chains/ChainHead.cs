using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chains;

/// <summary>The last link of a chain as somebody knows it: number (u32) ‖ hash (32), 36 bytes.</summary>
/// <remarks>The first link has number 0. Spec: docs/protocol/chains.md §3.4.</remarks>
public readonly struct ChainHead : IEquatable<ChainHead>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = sizeof(uint) + Hash256.Size; // number + hash

    /// <summary>A head.</summary>
    public ChainHead(uint sequence, Hash256 hash)
    {
        Sequence = sequence;
        Hash = hash;
    }

    /// <summary>Number of the link, 0 for the first.</summary>
    public uint Sequence { get; }

    /// <summary>Hash of the link.</summary>
    public Hash256 Hash { get; }

    /// <summary>Reads exactly 36 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ChainHead head)
    {
        head = default;
        var reader = new WireReader(source);
        if (source.Length != Size || !reader.TryReadUInt32(out var sequence)
            || !reader.TryReadFixed(Hash256.Size, out var bytes) || !Hash256.TryRead(bytes, out var hash))
        {
            return false;
        }

        head = new ChainHead(sequence, hash);
        return true;
    }

    /// <summary>Writes 36 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteUInt32(Sequence);
        writer.WriteFixed(Hash.Bytes);
    }

    /// <inheritdoc/>
    public bool Equals(ChainHead other) => Sequence == other.Sequence && Hash.Equals(other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChainHead other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sequence, Hash);

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ChainHead);

    /// <summary>Equality.</summary>
    public static bool operator ==(ChainHead left, ChainHead right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ChainHead left, ChainHead right) => !left.Equals(right);
}
