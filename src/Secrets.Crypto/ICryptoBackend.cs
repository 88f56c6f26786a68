using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>The primitives that the platform does not give us everywhere: one implementation natively, one in the browser.</summary>
/// <remarks>
/// Spans only, sizes already checked by the caller, all calls synchronous but for password hashing. Methods that return
/// <see langword="bool"/> answer false when the input from outside is refused; they never throw for it.
/// Spec: docs/protocol/primitives.md §4.11.
/// </remarks>
internal interface ICryptoBackend
{
    /// <summary>Multiplies a 32-byte clamped scalar with a 32-byte u-coordinate; false if the result is all zero.</summary>
    bool X25519(Span<byte> shared, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point);

    /// <summary>The public key (32 bytes) of a 32-byte X25519 scalar.</summary>
    void X25519Base(Span<byte> point, ReadOnlySpan<byte> scalar);

    /// <summary>Expands a 32-byte Ed25519 seed to public key (32) and libsodium's secret key (64: seed ‖ public key).</summary>
    void Ed25519KeyPair(Span<byte> publicKey, Span<byte> secretKey, ReadOnlySpan<byte> seed);

    /// <summary>RFC 8032 signature (64 bytes) with a 64-byte secret key.</summary>
    void Ed25519Sign(Span<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey);

    /// <summary>Strict verification: S below L, R and key canonical and not of small order.</summary>
    bool Ed25519Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey);

    /// <summary>True for a canonical encoding of a point of the prime-order group other than the identity.</summary>
    bool Ed25519IsValidPoint(ReadOnlySpan<byte> point);

    /// <summary>The X25519 key of an Ed25519 public key; false if it is of small order or not on the main subgroup.</summary>
    bool Ed25519PublicToX25519(Span<byte> x25519, ReadOnlySpan<byte> publicKey);

    /// <summary>The X25519 scalar of a 64-byte Ed25519 secret key.</summary>
    void Ed25519SecretToX25519(Span<byte> x25519, ReadOnlySpan<byte> secretKey);

    /// <summary>scalar · point without clamping; false if the point is refused or the result is the identity.</summary>
    bool Ed25519Multiply(Span<byte> result, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point);

    /// <summary>scalar · B without clamping; false for the scalar zero.</summary>
    bool Ed25519MultiplyBase(Span<byte> result, ReadOnlySpan<byte> scalar);

    /// <summary>Reduces 64 little-endian bytes modulo L to 32.</summary>
    void Ed25519ScalarReduce(Span<byte> result, ReadOnlySpan<byte> wide);

    /// <summary>x · y mod L.</summary>
    void Ed25519ScalarMultiply(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y);

    /// <summary>x + y mod L.</summary>
    void Ed25519ScalarAdd(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y);

    /// <summary>BLAKE2b of first ‖ second, output 1..64 bytes, key 0..64 bytes.</summary>
    void Blake2b(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> key);

    /// <summary>HMAC-SHA-256 (32 bytes) of a message of any length under a key of 32 bytes; .NET's unless the backend has a faster one for short messages.</summary>
    void HmacSha256(Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key) => _ = HMACSHA256.HashData(key, message, tag);

    /// <summary>HKDF's extract with HMAC-SHA-256 (32 bytes); .NET's unless the backend has a faster one.</summary>
    void HkdfSha256Extract(Span<byte> prk, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt) => _ = HKDF.Extract(HashAlgorithmName.SHA256, inputKey, salt, prk);

    /// <summary>HKDF's expand with HMAC-SHA-256, output 1..255 · 32 bytes, key 32; .NET's unless the backend has a faster one.</summary>
    void HkdfSha256Expand(Span<byte> output, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> info) => HKDF.Expand(HashAlgorithmName.SHA256, prk, output, info);

    /// <summary>XChaCha20-Poly1305: ciphertext = message length + 16 (tag last), key 32, nonce 24.</summary>
    void XChaCha20Poly1305Seal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    /// <summary>Opens what <see cref="XChaCha20Poly1305Seal"/> made; false, with a zeroed message, if the tag is wrong.</summary>
    bool XChaCha20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    /// <summary>XSalsa20-Poly1305 with the 16-byte tag apart; ciphertext and message have one length and may be the same memory.</summary>
    void XSalsa20Poly1305Seal(Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    /// <summary>Opens what <see cref="XSalsa20Poly1305Seal"/> made; false if the tag is wrong.</summary>
    bool XSalsa20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    /// <summary>Makes the 52-byte state of an XChaCha20-Poly1305 stream from header (24) and key (32); the same for writer and reader.</summary>
    void SecretStreamStart(Span<byte> state, ReadOnlySpan<byte> header, ReadOnlySpan<byte> key);

    /// <summary>Seals the next message of a stream: ciphertext = message length + 17.</summary>
    void SecretStreamPush(Span<byte> state, Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, byte tag);

    /// <summary>Opens the next message of a stream; false, with the state unchanged, if anything was changed.</summary>
    bool SecretStreamPull(Span<byte> state, Span<byte> message, out byte tag, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData);

    /// <summary>Moves a stream to its next key, without a message.</summary>
    void SecretStreamRekey(Span<byte> state);

    /// <summary>The ML-KEM-768 key of a 64-byte seed; the caller disposes of it.</summary>
    MLKem MlKem768Import(ReadOnlySpan<byte> seed);

    /// <summary>ML-KEM-768 encapsulation of 32 random bytes to a reduced key: ciphertext 1,088, shared 32.</summary>
    void MlKem768Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, ReadOnlySpan<byte> message);

    /// <summary>AES-128-CBC without padding, whole blocks; key 16, iv 16.</summary>
    void Aes128CbcEncrypt(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key);

    /// <summary>The inverse of <see cref="Aes128CbcEncrypt"/>.</summary>
    void Aes128CbcDecrypt(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key);

    /// <summary>AES-256-GCM: ciphertext = message length + 16 (tag last), key 32, nonce 12.</summary>
    void Aes256GcmSeal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    /// <summary>Opens what <see cref="Aes256GcmSeal"/> made; false, with a zeroed message, if the tag is wrong.</summary>
    bool Aes256GcmOpen(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    /// <summary>Argon2id version 1.3, one lane; salt 16 bytes, memory in bytes.</summary>
    ValueTask Argon2idAsync(Memory<byte> output, ReadOnlyMemory<byte> password, ReadOnlyMemory<byte> salt, int passes, long memoryBytes, CancellationToken cancellationToken);
}
