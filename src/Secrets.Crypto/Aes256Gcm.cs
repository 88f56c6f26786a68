using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>AES-256-GCM: key 32, nonce 12, tag 16 bytes, the tag last. For messages of rooms alone: each key there is used for one nonce, or counts them.</summary>
/// <remarks>NIST SP 800-38D. Two messages under one key and nonce give the key of the tags away. Spec: docs/protocol/primitives.md §4.8.</remarks>
public static class Aes256Gcm
{
    /// <summary>Key size in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Nonce size in bytes.</summary>
    public const int NonceSize = 12;

    /// <summary>Tag size in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>Encrypts; the ciphertext is 16 bytes longer than the message.</summary>
    /// <exception cref="ArgumentException">A size is wrong or the memory overlaps.</exception>
    public static void Seal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, nonce, key);
        if (ciphertext.Overlaps(associatedData))
            throw new ArgumentException("Associated data and ciphertext may not overlap.");
        CryptoBackend.Current.Aes256GcmSeal(ciphertext, message, associatedData, nonce, key);
    }

    /// <summary>Decrypts; false, with the message wiped, if anything was changed.</summary>
    /// <exception cref="ArgumentException">A size is wrong or the memory overlaps; check the length of bytes from outside first.</exception>
    public static bool TryOpen(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, nonce, key);
        if (CryptoBackend.Current.Aes256GcmOpen(message, ciphertext, associatedData, nonce, key))
            return true;
        CryptographicOperations.ZeroMemory(message);
        return false;
    }

    private static void CheckSizes(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        if (ciphertext.Length != message.Length + TagSize)
            throw new ArgumentException("The ciphertext is 16 bytes longer than the message.");
        if (nonce.Length != NonceSize)
            throw new ArgumentException("A GCM nonce has 12 bytes.", nameof(nonce));
        if (key.Length != KeySize)
            throw new ArgumentException("An AES-256 key has 32 bytes.", nameof(key));
        if (ciphertext.Overlaps(message))
            throw new ArgumentException("Message and ciphertext may not overlap.");
    }
}
