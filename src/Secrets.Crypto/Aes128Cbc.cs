namespace Secrets.Crypto;

/// <summary>AES-128-CBC without padding, on whole blocks: only to hide names of fixed size, never content, as it authenticates nothing.</summary>
/// <remarks>NIST SP 800-38A §6.2. Spec: docs/protocol/primitives.md §4.8.</remarks>
public static class Aes128Cbc
{
    /// <summary>Key size in bytes.</summary>
    public const int KeySize = 16;

    /// <summary>Size of the initialization vector in bytes.</summary>
    public const int IvSize = 16;

    /// <summary>Block size in bytes.</summary>
    public const int BlockSize = 16;

    /// <summary>Encrypts whole blocks.</summary>
    /// <exception cref="ArgumentException">A size is wrong or the memory overlaps.</exception>
    public static void Encrypt(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, iv, key);
        CryptoBackend.Current.Aes128CbcEncrypt(ciphertext, message, iv, key);
    }

    /// <summary>Decrypts whole blocks; whether they are the right ones is for the caller to check.</summary>
    /// <exception cref="ArgumentException">A size is wrong or the memory overlaps; check the length of bytes from outside first.</exception>
    public static void Decrypt(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, iv, key);
        CryptoBackend.Current.Aes128CbcDecrypt(message, ciphertext, iv, key);
    }

    private static void CheckSizes(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key)
    {
        if (ciphertext.Length != message.Length || message.Length % BlockSize != 0)
            throw new ArgumentException("Ciphertext and message are whole blocks of one length.");
        if (iv.Length != IvSize)
            throw new ArgumentException("An initialization vector has 16 bytes.", nameof(iv));
        if (key.Length != KeySize)
            throw new ArgumentException("An AES-128 key has 16 bytes.", nameof(key));
        if (ciphertext.Overlaps(message))
            throw new ArgumentException("Message and ciphertext may not overlap.");
    }
}
