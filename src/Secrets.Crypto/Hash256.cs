using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>A BLAKE2b-256 hash: 32 bytes.</summary>
/// <remarks>RFC 7693. Any 32 bytes can be read; <c>default</c> is 32 zeros, the hash of nothing known. Spec: docs/protocol/primitives.md §4.1.</remarks>
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private Hash256(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 32 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Hash256 hash)
    {
        hash = default;
        if (source.Length != Size)
            return false;
        hash = new Hash256(source);
        return true;
    }

    /// <summary>BLAKE2b-256 of the message.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> message)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Blake2b.Hash(bytes, message);
        return new Hash256(bytes);
    }

    /// <summary>Order of the bytes, for rules that need one; not constant time, so for public hashes only.</summary>
    public int CompareTo(in Hash256 other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(Hash256 other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Hash256);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
