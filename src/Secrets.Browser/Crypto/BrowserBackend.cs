using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Browser.Crypto;

/// <summary>The backend over libsodium.js; AES by an npm library. The host installs it before anything else runs.</summary>
/// <remarks>Spec: docs/protocol/primitives.md §4.11. Secrets pass through libsodium's own memory, where they are wiped after each call.</remarks>
[SupportedOSPlatform("browser")]
internal sealed class BrowserBackend : ICryptoBackend
{
    public bool X25519(Span<byte> shared, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point) =>
        Sodium.X25519(shared, View(scalar), View(point));

    public void X25519Base(Span<byte> point, ReadOnlySpan<byte> scalar) =>
        Check(Sodium.X25519Base(point, View(scalar)));

    public void Ed25519KeyPair(Span<byte> publicKey, Span<byte> secretKey, ReadOnlySpan<byte> seed) =>
        Check(Sodium.Ed25519KeyPair(publicKey, secretKey, View(seed)));

    public void Ed25519Sign(Span<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey) =>
        Check(Sodium.Ed25519Sign(signature, View(message), View(secretKey)));

    public bool Ed25519Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey) =>
        Sodium.Ed25519Verify(View(signature), View(message), View(publicKey));

    public bool Ed25519IsValidPoint(ReadOnlySpan<byte> point) => Sodium.Ed25519IsValidPoint(View(point));

    public bool Ed25519PublicToX25519(Span<byte> x25519, ReadOnlySpan<byte> publicKey) =>
        Sodium.Ed25519PublicToX25519(x25519, View(publicKey));

    public void Ed25519SecretToX25519(Span<byte> x25519, ReadOnlySpan<byte> secretKey) =>
        Check(Sodium.Ed25519SecretToX25519(x25519, View(secretKey)));

    public bool Ed25519Multiply(Span<byte> result, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point) =>
        Sodium.Ed25519Multiply(result, View(scalar), View(point));

    public bool Ed25519MultiplyBase(Span<byte> result, ReadOnlySpan<byte> scalar) =>
        Sodium.Ed25519MultiplyBase(result, View(scalar));

    public void Ed25519ScalarReduce(Span<byte> result, ReadOnlySpan<byte> wide) =>
        Check(Sodium.Ed25519ScalarReduce(result, View(wide)));

    public void Ed25519ScalarMultiply(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        Check(Sodium.Ed25519ScalarMultiply(result, View(x), View(y)));

    public void Ed25519ScalarAdd(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        Check(Sodium.Ed25519ScalarAdd(result, View(x), View(y)));

    public void Blake2b(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> key) =>
        Check(Sodium.Blake2b(hash, View(first), View(second), View(key)));

    public void HmacSha256(Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key) =>
        Check(Sodium.HmacSha256(tag, View(message), View(key)));

    public void HkdfSha256Extract(Span<byte> prk, ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt) =>
        Check(Sodium.HkdfSha256Extract(prk, View(inputKey), View(salt)));

    public void HkdfSha256Expand(Span<byte> output, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> info) =>
        Check(Sodium.HkdfSha256Expand(output, View(prk), View(info)));

    public void XChaCha20Poly1305Seal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) =>
        Check(Sodium.XChaCha20Poly1305Seal(ciphertext, View(message), View(associatedData), View(nonce), View(key)));

    public bool XChaCha20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        if (Sodium.XChaCha20Poly1305Open(message, View(ciphertext), View(associatedData), View(nonce), View(key)))
            return true;
        CryptographicOperations.ZeroMemory(message);
        return false;
    }

    public void XSalsa20Poly1305Seal(Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) =>
        Check(Sodium.XSalsa20Poly1305Seal(ciphertext, tag, View(message), View(nonce), View(key)));

    public bool XSalsa20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) =>
        Sodium.XSalsa20Poly1305Open(message, View(ciphertext), View(tag), View(nonce), View(key));

    public void SecretStreamStart(Span<byte> state, ReadOnlySpan<byte> header, ReadOnlySpan<byte> key) =>
        Check(Sodium.SecretStreamStart(state, View(header), View(key)));

    public void SecretStreamPush(Span<byte> state, Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, byte tag) =>
        Check(Sodium.SecretStreamPush(state, ciphertext, View(message), View(associatedData), tag));

    public bool SecretStreamPull(Span<byte> state, Span<byte> message, out byte tag, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData)
    {
        Span<byte> found = stackalloc byte[1];
        found.Clear();
        var opened = Sodium.SecretStreamPull(state, message, found, View(ciphertext), View(associatedData));
        tag = found[0];
        return opened;
    }

    public void SecretStreamRekey(Span<byte> state) => Check(Sodium.SecretStreamRekey(state));

    public MLKem MlKem768Import(ReadOnlySpan<byte> seed) => new SodiumMlKem768(seed);

    public void MlKem768Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, ReadOnlySpan<byte> message) =>
        Check(Sodium.MlKem768Encapsulate(ciphertext, shared, View(encapsulationKey), View(message)));

    public void Aes128CbcEncrypt(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key) =>
        Sodium.Aes128CbcEncrypt(ciphertext, View(message), View(iv), View(key));

    public void Aes128CbcDecrypt(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key) =>
        Sodium.Aes128CbcDecrypt(message, View(ciphertext), View(iv), View(key));

    public void Aes256GcmSeal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) =>
        Sodium.Aes256GcmSeal(ciphertext, View(message), View(associatedData), View(nonce), View(key));

    public bool Aes256GcmOpen(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        if (Sodium.Aes256GcmOpen(message, View(ciphertext), View(associatedData), View(nonce), View(key)))
            return true;
        CryptographicOperations.ZeroMemory(message);
        return false;
    }

    public async ValueTask Argon2idAsync(Memory<byte> output, ReadOnlyMemory<byte> password, ReadOnlyMemory<byte> salt, int passes, long memoryBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // an array of ours: it stays where it is until the worker has answered, whatever the caller does with its own
        var scratch = GC.AllocateArray<byte>(output.Length + password.Length + salt.Length, pinned: true);
        var hash = new ArraySegment<byte>(scratch, 0, output.Length);
        var text = new ArraySegment<byte>(scratch, output.Length, password.Length);
        var salted = new ArraySegment<byte>(scratch, output.Length + password.Length, salt.Length);
        password.Span.CopyTo(text);
        salt.Span.CopyTo(salted);
        try
        {
            if (!await Sodium.Argon2idAsync(hash, text, salted, passes, checked((int)memoryBytes)).ConfigureAwait(false))
                throw new InsufficientMemoryException("Not enough memory to check the password.");
            hash.AsSpan().CopyTo(output.Span);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scratch);
        }
    }

    // only what is named an output is written to
    internal static Span<byte> View(ReadOnlySpan<byte> bytes) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bytes), bytes.Length);

    internal static void Check(bool done)
    {
        if (!done)
            throw new CryptographicException("libsodium refused a call that cannot fail.");
    }
}
