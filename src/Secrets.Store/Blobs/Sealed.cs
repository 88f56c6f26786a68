using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Small sealed records: random nonce (24) ‖ ciphertext ‖ tag (16), XChaCha20-Poly1305.</summary>
internal static class Sealed
{
    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = XChaCha20Poly1305.NonceSize + XChaCha20Poly1305.TagSize;

    public static byte[] Seal(ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, SecretBuffer key, RandomSource random)
    {
        var result = new byte[message.Length + Overhead];
        var nonce = result.AsSpan(0, XChaCha20Poly1305.NonceSize);
        random.Fill(nonce);
        XChaCha20Poly1305.Seal(result.AsSpan(XChaCha20Poly1305.NonceSize), message, associatedData, nonce, key.Bytes);
        return result;
    }

    /// <summary>Opens; the caller wipes the message. Null if anything was changed.</summary>
    public static SecretBuffer? Open(ReadOnlySpan<byte> source, ReadOnlySpan<byte> associatedData, SecretBuffer key)
    {
        if (source.Length <= Overhead)
            return null;
        var message = new SecretBuffer(source.Length - Overhead);
        if (XChaCha20Poly1305.TryOpen(message.Bytes, source[XChaCha20Poly1305.NonceSize..], associatedData, source[..XChaCha20Poly1305.NonceSize], key.Bytes))
            return message;
        message.Dispose();
        return null;
    }
}
