using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>The name of a participant in one chat: the hash of the first link of the participant chain, 32 bytes.</summary>
/// <remarks>The same person has another one in every chat (decision 7). Spec: docs/protocol/chains.md §3.1.</remarks>
public readonly struct ParticipantId : IEquatable<ParticipantId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private ParticipantId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 32 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ParticipantId id)
    {
        id = default;
        if (source.Length != Size)
            return false;
        id = new ParticipantId(source);
        return true;
    }

    /// <summary>The id that the hash of a first link is.</summary>
    public static ParticipantId Of(in Hash256 firstLink) => new(firstLink.Bytes);

    /// <summary>Order of the bytes, for putting two ids into one order; not constant time.</summary>
    public int CompareTo(in ParticipantId other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(ParticipantId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ParticipantId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ParticipantId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(ParticipantId left, ParticipantId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(ParticipantId left, ParticipantId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
