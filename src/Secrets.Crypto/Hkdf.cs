using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>HKDF over HMAC-SHA-256, HMAC-SHA-512 and HMAC-BLAKE2b-512.</summary>
/// <remarks>RFC 5869. Spec: docs/protocol/primitives.md §4.4. Every info begins with a label of its own; the rules test keeps them unique.</remarks>
public static class Hkdf
{
    /// <summary>Longest info of <see cref="DeriveBlake2b"/> in bytes.</summary>
    public const int MaxInfoSize = 256;

    /// <summary>Extract with HMAC-SHA-256; the pseudorandom key has 32 bytes.</summary>
    /// <exception cref="ArgumentException">The pseudorandom key has not 32 bytes.</exception>
    public static void ExtractSha256(Span<byte> prk, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt)
    {
        CheckPrk(prk.Length, SHA256.HashSizeInBytes);
        CryptoBackend.Current.HkdfSha256Extract(prk, inputKey, salt);
    }

    /// <summary>Expand with HMAC-SHA-256.</summary>
    /// <exception cref="ArgumentException">The pseudorandom key has not 32 bytes, or the output none or more than 255 · 32.</exception>
    public static void ExpandSha256(Span<byte> output, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> info)
    {
        CheckPrk(prk.Length, SHA256.HashSizeInBytes);
        if (output.Length is 0 or > byte.MaxValue * SHA256.HashSizeInBytes)
            throw new ArgumentException("HKDF gives 1 to 255 blocks.", nameof(output));
        CryptoBackend.Current.HkdfSha256Expand(output, prk, info);
    }

    /// <summary>Extract, then expand, with HMAC-SHA-256.</summary>
    /// <exception cref="ArgumentException">The output has none or more than 255 · 32 bytes.</exception>
    public static void DeriveSha256(Span<byte> output, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info)
    {
        Span<byte> prk = stackalloc byte[SHA256.HashSizeInBytes];
        ExtractSha256(prk, inputKey, salt);
        try
        {
            ExpandSha256(output, prk, info);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(prk);
        }
    }

    /// <summary>Extract, then expand, with HMAC-SHA-512.</summary>
    public static void DeriveSha512(Span<byte> output, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA512, inputKey, output, salt, info);

    /// <summary>Extract, then expand, with HMAC-BLAKE2b-512, as BACAP uses it. An empty salt is 64 zero bytes. The output may overlap the inputs.</summary>
    /// <exception cref="ArgumentException">Output above 255 · 64 bytes or info above 256 bytes.</exception>
    public static void DeriveBlake2b(Span<byte> output, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info)
    {
        const int BlockSize = Blake2b.MaxSize;
        if (output.Length > byte.MaxValue * BlockSize)
            throw new ArgumentException("HKDF gives at most 255 blocks.", nameof(output));
        if (info.Length > MaxInfoSize)
            throw new ArgumentException("The info has at most 256 bytes.", nameof(info));
        Span<byte> scratch = stackalloc byte[BlockSize + BlockSize + MaxInfoSize + 1]; // prk ‖ previous block ‖ info ‖ counter
        var prk = scratch[..BlockSize];
        var message = scratch.Slice(BlockSize, BlockSize + info.Length + 1);
        info.CopyTo(message[BlockSize..]);
        Hmac.Blake2b512(prk, salt, inputKey);

        for (var done = 0; done < output.Length; done += BlockSize)
        {
            message[^1] = (byte)((done / BlockSize) + 1);
            // the first block has no block before it
            Hmac.Blake2b512(message[..BlockSize], prk, done == 0 ? message[BlockSize..] : message);
            var size = Math.Min(BlockSize, output.Length - done);
            message[..size].CopyTo(output.Slice(done, size));
        }
        CryptographicOperations.ZeroMemory(scratch);
    }

    private static void CheckPrk(int length, int size)
    {
        if (length != size)
            throw new ArgumentException("The pseudorandom key has the size of the hash.");
    }
}
