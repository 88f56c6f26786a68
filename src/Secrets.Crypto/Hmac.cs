using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>HMAC-SHA-256, and HMAC-SHA-512 cut to 32 bytes (NaCl's crypto_auth).</summary>
/// <remarks>RFC 2104, FIPS 198-1. Spec: docs/protocol/primitives.md §4.3.</remarks>
public static class Hmac
{
    /// <summary>Size of both tags in bytes.</summary>
    public const int TagSize = 32;

    /// <summary>HMAC-SHA-256 of a message.</summary>
    /// <exception cref="ArgumentException">The tag has not 32 bytes.</exception>
    public static void Sha256(Span<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        CheckSize(tag);
        _ = HMACSHA256.HashData(key, message, tag);
    }

    /// <summary>The first 32 bytes of HMAC-SHA-512 of a message.</summary>
    /// <exception cref="ArgumentException">The tag has not 32 bytes.</exception>
    public static void Sha512Truncated(Span<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        CheckSize(tag);
        Span<byte> whole = stackalloc byte[HMACSHA512.HashSizeInBytes];
        _ = HMACSHA512.HashData(key, message, whole);
        whole[..TagSize].CopyTo(tag);
        CryptographicOperations.ZeroMemory(whole);
    }

    /// <summary>True if the tag is <see cref="Sha256"/>'s, in constant time; false for any other, of whatever length.</summary>
    public static bool VerifySha256(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        Span<byte> expected = stackalloc byte[TagSize];
        Sha256(expected, key, message);
        return IsEqualThenWipe(expected, tag);
    }

    /// <summary>True if the tag is <see cref="Sha512Truncated"/>'s, in constant time; false for any other, of whatever length.</summary>
    public static bool VerifySha512Truncated(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        Span<byte> expected = stackalloc byte[TagSize];
        Sha512Truncated(expected, key, message);
        return IsEqualThenWipe(expected, tag);
    }

    /// <summary>HMAC over unkeyed BLAKE2b-512 (block 128 bytes, output 64), as BACAP's HKDF uses it. The tag may overlap key and message.</summary>
    internal static void Blake2b512(Span<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        const int BlockSize = 128;
        const int HashSize = Blake2b.MaxSize;
        Span<byte> scratch = stackalloc byte[(2 * BlockSize) + HashSize];
        scratch.Clear();
        var inner = scratch[..BlockSize];
        var outer = scratch.Slice(BlockSize, BlockSize);
        var innerHash = scratch[(2 * BlockSize)..];
        if (key.Length > BlockSize)
            Blake2b.Hash(inner[..HashSize], key);
        else
            key.CopyTo(inner);
        for (var i = 0; i < BlockSize; i++)
        {
            outer[i] = (byte)(inner[i] ^ 0x5c);
            inner[i] ^= 0x36;
        }
        CryptoBackend.Current.Blake2b(innerHash, inner, message, []);
        CryptoBackend.Current.Blake2b(tag, outer, innerHash, []);
        CryptographicOperations.ZeroMemory(scratch);
    }

    private static bool IsEqualThenWipe(Span<byte> expected, ReadOnlySpan<byte> tag)
    {
        var equal = CryptographicOperations.FixedTimeEquals(expected, tag);
        CryptographicOperations.ZeroMemory(expected);
        return equal;
    }

    private static void CheckSize(Span<byte> tag)
    {
        if (tag.Length != TagSize)
            throw new ArgumentException("The tag has 32 bytes.", nameof(tag));
    }
}
