using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>An Ed25519 public key: 32 bytes, the canonical encoding of a point of the prime-order group.</summary>
/// <remarks>RFC 8032 §5.1. Points of small or mixed order and non-canonical encodings are refused when read. <c>default</c> is refused by every operation. Spec: docs/protocol/primitives.md §3.2.</remarks>
public readonly struct Ed25519PublicKey : IEquatable<Ed25519PublicKey>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private Ed25519PublicKey(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 32 bytes; false unless they encode, canonically, a point of the prime-order group.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Ed25519PublicKey key)
    {
        key = default;
        if (source.Length != Size || !CryptoBackend.Current.Ed25519IsValidPoint(source))
            return false;
        key = new Ed25519PublicKey(source);
        return true;
    }

    /// <summary>Reads exactly 32 bytes and the X25519 key on the same curve: what <see cref="TryRead(ReadOnlySpan{byte}, out Ed25519PublicKey)"/> and <see cref="TryConvertToX25519"/> do, with one check of the group instead of two.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> source, out Ed25519PublicKey key, out X25519PublicKey agreement)
    {
        key = default;
        agreement = default;
        if (source.Length != Size || !IsCanonical(source))
            return false;
        var read = new Ed25519PublicKey(source);
        if (!read.TryConvertToX25519(out agreement))
            return false;
        key = read;
        return true;
    }

    /// <summary>Reads 32 bytes that were checked before or made by ourselves.</summary>
    internal static Ed25519PublicKey FromTrusted(ReadOnlySpan<byte> source)
    {
        if (source.Length != Size)
            throw new ArgumentException("An Ed25519 public key has 32 bytes.", nameof(source));
        return new Ed25519PublicKey(source);
    }

    /// <summary>Strict verification: S below L, R and key canonical and not of small order.</summary>
    public bool Verify(ReadOnlySpan<byte> message, in Ed25519Signature signature) =>
        CryptoBackend.Current.Ed25519Verify(signature.Bytes, message, Bytes);

    /// <summary>The X25519 key on the same curve, as secret-handshake uses it; false for a key that has none.</summary>
    public bool TryConvertToX25519(out X25519PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[X25519PublicKey.Size];
        key = default;
        return CryptoBackend.Current.Ed25519PublicToX25519(bytes, Bytes) && X25519PublicKey.TryRead(bytes, out key);
    }

    /// <summary>The blinded key f · P; false only if the result is the identity or the key is <c>default</c>.</summary>
    public bool TryBlind(BlindingFactor factor, out Ed25519PublicKey blinded)
    {
        ArgumentNullException.ThrowIfNull(factor);
        Span<byte> bytes = stackalloc byte[Size];
        blinded = default;
        if (!CryptoBackend.Current.Ed25519Multiply(bytes, factor.Scalar, Bytes))
            return false;
        blinded = new Ed25519PublicKey(bytes);
        return true;
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(Ed25519PublicKey other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ed25519PublicKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Ed25519PublicKey);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(Ed25519PublicKey left, Ed25519PublicKey right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(Ed25519PublicKey left, Ed25519PublicKey right) => !left.Equals(right);

    /// <summary>True for a y below 2^255 − 19; the sign of a zero x is no matter, as such points are of small order.</summary>
    private static bool IsCanonical(ReadOnlySpan<byte> source) =>
        (source[^1] & 0x7f) != 0x7f || source[1..^1].ContainsAnyExcept((byte)0xff) || source[0] < 0xed;

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
