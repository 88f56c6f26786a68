using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>HKDF over HMAC-SHA-256, HMAC-SHA-512 and HMAC-BLAKE2b-512.</summary>
/// <remarks>RFC 5869. Every info begins with a label of its own; the rules test keeps them unique.</remarks>
public static class Hkdf
{
    /// <summary>Extract with HMAC-SHA-256; the pseudorandom key has 32 bytes.</summary>
    public static void ExtractSha256(Span<byte> prk, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt) =>
        Exactly(HKDF.Extract(HashAlgorithmName.SHA256, inputKey, salt, prk), SHA256.HashSizeInBytes);

    /// <summary>Expand with HMAC-SHA-256.</summary>
    public static void ExpandSha256(Span<byte> output, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> info) =>
        HKDF.Expand(HashAlgorithmName.SHA256, prk, output, info);

    /// <summary>Extract, then expand, with HMAC-SHA-256.</summary>
    public static void DeriveSha256(Span<byte> output, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, output, salt, info);

    /// <summary>Extract, then expand, with HMAC-SHA-512.</summary>
    public static void DeriveSha512(Span<byte> output, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA512, inputKey, output, salt, info);

    /// <summary>Extract, then expand, with HMAC-BLAKE2b-512, as BACAP uses it. An empty salt is 64 zero bytes.</summary>
    /// <exception cref="ArgumentException">Output above 255 · 64 bytes.</exception>
    public static void DeriveBlake2b(Span<byte> output, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info)
    {
        if (output.Length > byte.MaxValue * Blake2b.MaxSize)
            throw new ArgumentException("HKDF gives at most 255 blocks.", nameof(output));
        Span<byte> prk = stackalloc byte[Blake2b.MaxSize];
        Span<byte> block = stackalloc byte[Blake2b.MaxSize];
        Blake2b.Hmac(prk, salt, inputKey);

        var message = new byte[Blake2b.MaxSize + info.Length + 1];
        var previous = 0;
        byte counter = 1;
        for (var rest = output; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, block.Length)..])
        {
            block[..previous].CopyTo(message);
            info.CopyTo(message.AsSpan(previous));
            message[previous + info.Length] = counter++;
            Blake2b.Hmac(block, prk, message.AsSpan(0, previous + info.Length + 1));
            block[..Math.Min(rest.Length, block.Length)].CopyTo(rest);
            previous = block.Length;
        }
        CryptographicOperations.ZeroMemory(prk);
        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(message);
    }

    private static void Exactly(int written, int expected)
    {
        if (written != expected)
            throw new ArgumentException("The pseudorandom key has the size of the hash.");
    }
}
