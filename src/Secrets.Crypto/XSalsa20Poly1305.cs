using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>XSalsa20-Poly1305 ("secretbox"): key 32, nonce 24, tag 16 bytes, the tag apart.</summary>
/// <remarks>NaCl crypto_secretbox. It has no associated data: what binds a ciphertext to its place is up to the layer. Spec: docs/protocol/primitives.md §4.5.</remarks>
public static class XSalsa20Poly1305
{
    /// <summary>Key size in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Nonce size in bytes.</summary>
    public const int NonceSize = 24;

    /// <summary>Tag size in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>Encrypts; ciphertext and message have one length and may be the same memory.</summary>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    public static void Seal(Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, tag, nonce, key);
        CryptoBackend.Current.XSalsa20Poly1305Seal(ciphertext, tag, message, nonce, key);
    }

    /// <summary>Decrypts; false, with the message wiped, if anything was changed.</summary>
    /// <exception cref="ArgumentException">A size is wrong; check the length of bytes from outside first.</exception>
    public static bool TryOpen(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        CheckSizes(ciphertext, message, tag, nonce, key);
        if (CryptoBackend.Current.XSalsa20Poly1305Open(message, ciphertext, tag, nonce, key))
            return true;
        CryptographicOperations.ZeroMemory(message);
        return false;
    }

    private static void CheckSizes(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        if (ciphertext.Length != message.Length)
            throw new ArgumentException("Ciphertext and message have one length.");
        if (tag.Length != TagSize)
            throw new ArgumentException("A Poly1305 tag has 16 bytes.", nameof(tag));
        if (nonce.Length != NonceSize)
            throw new ArgumentException("An XSalsa20 nonce has 24 bytes.", nameof(nonce));
        if (key.Length != KeySize)
            throw new ArgumentException("An XSalsa20 key has 32 bytes.", nameof(key));
        if (ciphertext.Overlaps(message, out var offset) && offset != 0)
            throw new ArgumentException("Message and ciphertext may not overlap but start at one place.");
    }
}
