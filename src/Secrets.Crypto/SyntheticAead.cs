using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>Deterministic authenticated encryption for keys that seal one message: XChaCha20-Poly1305 under a nonce made from the message.</summary>
/// <remarks>
/// From a 32-byte key E: Kx = BLAKE2b-256(key=E, "secrets/1/x"), Kn = BLAKE2b-256(key=E, "secrets/1/n"),
/// nonce = BLAKE2b-192(key=Kn, associated data ‖ message); the associated data has one length in each use.
/// The reader makes the nonce again and refuses another: that commits to the key and shows misuse. Sealing twice gives the same bytes,
/// so a retry after a crash is no second encryption. Sealed form: nonce 24 ‖ ciphertext ‖ tag 16.
/// Spec: docs/protocol/primitives.md §4.6.
/// </remarks>
public static class SyntheticAead
{
    /// <summary>Key size in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>How much longer the sealed form is than the message.</summary>
    public const int Overhead = XChaCha20Poly1305.NonceSize + XChaCha20Poly1305.TagSize;

    /// <summary>Seals a message.</summary>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    public static void Seal(Span<byte> @sealed, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> key)
    {
        CheckSizes(@sealed, message, key);
        if (@sealed.Overlaps(associatedData))
            throw new ArgumentException("Associated data and sealed form may not overlap.");
        Span<byte> encryptionKey = stackalloc byte[KeySize];
        DeriveKey(encryptionKey, key, Labels.SyntheticEncryption);
        var nonce = @sealed[..XChaCha20Poly1305.NonceSize];
        DeriveNonce(nonce, message, associatedData, key);
        XChaCha20Poly1305.Seal(@sealed[XChaCha20Poly1305.NonceSize..], message, associatedData, nonce, encryptionKey);
        CryptographicOperations.ZeroMemory(encryptionKey);
    }

    /// <summary>Opens a sealed message; false, with the message wiped, if anything was changed or the nonce is not the message's own.</summary>
    /// <exception cref="ArgumentException">A size is wrong; check the length of bytes from outside first.</exception>
    public static bool TryOpen(Span<byte> message, ReadOnlySpan<byte> @sealed, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> key)
    {
        CheckSizes(@sealed, message, key);
        Span<byte> encryptionKey = stackalloc byte[KeySize];
        DeriveKey(encryptionKey, key, Labels.SyntheticEncryption);
        var nonce = @sealed[..XChaCha20Poly1305.NonceSize];
        var opened = XChaCha20Poly1305.TryOpen(message, @sealed[XChaCha20Poly1305.NonceSize..], associatedData, nonce, encryptionKey);
        CryptographicOperations.ZeroMemory(encryptionKey);
        if (!opened)
            return false;
        Span<byte> expected = stackalloc byte[XChaCha20Poly1305.NonceSize];
        DeriveNonce(expected, message, associatedData, key);
        if (CryptographicOperations.FixedTimeEquals(nonce, expected))
            return true;
        CryptographicOperations.ZeroMemory(message); // else what failed would be let out
        return false;
    }

    private static void DeriveNonce(Span<byte> nonce, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> key)
    {
        Span<byte> nonceKey = stackalloc byte[KeySize];
        DeriveKey(nonceKey, key, Labels.SyntheticNonce);
        Blake2b.Hash(nonce, associatedData, message, nonceKey);
        CryptographicOperations.ZeroMemory(nonceKey);
    }

    private static void DeriveKey(Span<byte> derived, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label) => Blake2b.Hash(derived, label, key);

    private static void CheckSizes(ReadOnlySpan<byte> @sealed, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        if (@sealed.Length != message.Length + Overhead)
            throw new ArgumentException("The sealed form is 40 bytes longer than the message.", nameof(@sealed));
        if (key.Length != KeySize)
            throw new ArgumentException("The key has 32 bytes.", nameof(key));
        // the nonce is made from the whole message and written first
        if (@sealed.Overlaps(message))
            throw new ArgumentException("Message and sealed form may not overlap.");
    }
}
