using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>BLAKE2b with outputs of 1 to 64 bytes, plain or keyed with up to 64 bytes.</summary>
/// <remarks>RFC 7693. The output length is part of the hash: a shorter output is no prefix of a longer one.</remarks>
public static class Blake2b
{
    /// <summary>Longest output in bytes.</summary>
    public const int MaxSize = 64;

    /// <summary>Longest key in bytes.</summary>
    public const int MaxKeySize = 64;

    private const int MinSize = 1;

    /// <summary>Hashes a message.</summary>
    /// <exception cref="ArgumentException">Output not 1..64 bytes or key above 64 bytes.</exception>
    public static void Hash(Span<byte> hash, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key = default)
    {
        if (hash.Length is < MinSize or > MaxSize)
            throw new ArgumentException("BLAKE2b gives 1 to 64 bytes.", nameof(hash));
        if (key.Length > MaxKeySize)
            throw new ArgumentException("A BLAKE2b key has at most 64 bytes.", nameof(key));
        CryptoBackend.Current.Blake2b(hash, message, key);
    }

    /// <summary>HMAC (RFC 2104) over unkeyed BLAKE2b-512: block 128 bytes, output 64.</summary>
    internal static void Hmac(Span<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        const int BlockSize = 128;
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        if (key.Length > BlockSize)
            Hash(block[..MaxSize], key);
        else
            key.CopyTo(block);

        var inner = new byte[BlockSize + message.Length];
        Span<byte> outer = stackalloc byte[BlockSize + MaxSize];
        for (var i = 0; i < BlockSize; i++)
        {
            inner[i] = (byte)(block[i] ^ 0x36);
            outer[i] = (byte)(block[i] ^ 0x5c);
        }
        message.CopyTo(inner.AsSpan(BlockSize));
        Hash(outer[BlockSize..], inner);
        Hash(tag, outer);
        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(inner);
        CryptographicOperations.ZeroMemory(outer);
    }
}
