using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>XChaCha20-Poly1305 (IETF): key 32, nonce 24, tag 16 bytes, the tag last.</summary>
/// <remarks>draft-irtf-cfrg-xchacha-03. Not key-committing by itself; see <see cref="SyntheticAead"/>. Spec: docs/protocol/primitives.md §4.5.</remarks>
public static class XChaCha20Poly1305
{
    /// <summary>Key size in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Nonce size in bytes.</summary>
    public const int NonceSize = 24;

    /// <summary>Tag size in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>Encrypts; the ciphertext is 16 bytes longer than the message, and may start at the same memory.</summary>
    /// <exception cref="ArgumentException">A size is wrong or the memory overlaps.</exception>
    public static void Seal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, nonce, key);
        if (ciphertext.Overlaps(associatedData))
            throw new ArgumentException("Associated data and ciphertext may not overlap.");
        CryptoBackend.Current.XChaCha20Poly1305Seal(ciphertext, message, associatedData, nonce, key);
    }

    /// <summary>Decrypts; false, with the message wiped, if anything was changed.</summary>
    /// <exception cref="ArgumentException">A size is wrong; check the length of bytes from outside first.</exception>
    public static bool TryOpen(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, nonce, key);
        if (CryptoBackend.Current.XChaCha20Poly1305Open(message, ciphertext, associatedData, nonce, key))
            return true;
        CryptographicOperations.ZeroMemory(message);
        return false;
    }

    private static void CheckSizes(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        if (ciphertext.Length != message.Length + TagSize)
            throw new ArgumentException("The ciphertext is 16 bytes longer than the message.");
        if (nonce.Length != NonceSize)
            throw new ArgumentException("An XChaCha20 nonce has 24 bytes.", nameof(nonce));
        if (key.Length != KeySize)
            throw new ArgumentException("An XChaCha20 key has 32 bytes.", nameof(key));
        if (ciphertext.Overlaps(message, out var offset) && offset != 0)
            throw new ArgumentException("Message and ciphertext may not overlap but start at one place.");
    }
}
