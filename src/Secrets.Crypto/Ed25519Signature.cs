using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>An Ed25519 signature: R (32 bytes) and S (32 bytes).</summary>
/// <remarks>RFC 8032 §5.1.6. Any 64 bytes can be read; verification decides. <c>default</c> is refused by every operation. Spec: docs/protocol/primitives.md §3.3.</remarks>
public readonly struct Ed25519Signature : IEquatable<Ed25519Signature>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 64;

    private readonly Buffer _bytes;

    private Ed25519Signature(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 64 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Ed25519Signature signature)
    {
        signature = default;
        if (source.Length != Size)
            return false;
        signature = new Ed25519Signature(source);
        return true;
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(Ed25519Signature other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ed25519Signature other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Ed25519Signature);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(Ed25519Signature left, Ed25519Signature right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(Ed25519Signature left, Ed25519Signature right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
