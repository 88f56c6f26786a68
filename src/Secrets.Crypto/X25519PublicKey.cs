using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>An X25519 public key: 32 bytes, the little-endian u-coordinate.</summary>
/// <remarks>RFC 7748 §5. Not all zero; other points of small order are caught when the agreement gives zero. <c>default</c> is refused by every operation. Spec: docs/protocol/primitives.md §3.1.</remarks>
public readonly struct X25519PublicKey : IEquatable<X25519PublicKey>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private X25519PublicKey(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 32 bytes; false for another length or for all zeros.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out X25519PublicKey key)
    {
        key = default;
        if (source.Length != Size || !source.ContainsAnyExcept((byte)0))
            return false;
        key = new X25519PublicKey(source);
        return true;
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(X25519PublicKey other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is X25519PublicKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(X25519PublicKey);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(X25519PublicKey left, X25519PublicKey right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(X25519PublicKey left, X25519PublicKey right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
