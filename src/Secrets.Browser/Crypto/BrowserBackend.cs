using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Crypto.MlKem;

namespace Secrets.Browser.Crypto;

/// <summary>The backend over libsodium.js in the worker; AES by a JavaScript library, as .NET has none in the browser.</summary>
[SupportedOSPlatform("browser")]
internal sealed class BrowserBackend : ICryptoBackend
{
    public bool X25519(Span<byte> shared, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point) => Sodium.X25519(shared, In(scalar), In(point));

    public void X25519Base(Span<byte> point, ReadOnlySpan<byte> scalar) => Check(Sodium.X25519Base(point, In(scalar)));

    public void Ed25519KeyPair(Span<byte> publicKey, Span<byte> secretKey, ReadOnlySpan<byte> seed) => Check(Sodium.Ed25519KeyPair(publicKey, secretKey, In(seed)));

    public void Ed25519Sign(Span<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey) => Check(Sodium.Ed25519Sign(signature, In(message), In(secretKey)));

    public bool Ed25519Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey) => Sodium.Ed25519Verify(In(signature), In(message), In(publicKey));

    public bool Ed25519IsValidPoint(ReadOnlySpan<byte> point) => Sodium.Ed25519IsValidPoint(In(point));

    public bool Ed25519PublicToX25519(Span<byte> x25519, ReadOnlySpan<byte> publicKey) => Sodium.Ed25519PublicToX25519(x25519, In(publicKey));

    public void Ed25519SecretToX25519(Span<byte> x25519, ReadOnlySpan<byte> secretKey) => Check(Sodium.Ed25519SecretToX25519(x25519, In(secretKey)));

    public bool Ed25519Multiply(Span<byte> result, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point) => Sodium.Ed25519Multiply(result, In(scalar), In(point));

    public bool Ed25519MultiplyBase(Span<byte> result, ReadOnlySpan<byte> scalar) => Sodium.Ed25519MultiplyBase(result, In(scalar));

    public void Ed25519ScalarReduce(Span<byte> result, ReadOnlySpan<byte> wide) => Sodium.Ed25519ScalarReduce(result, In(wide));

    public void Ed25519ScalarMultiply(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => Sodium.Ed25519ScalarMultiply(result, In(x), In(y));

    public void Ed25519ScalarAdd(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => Sodium.Ed25519ScalarAdd(result, In(x), In(y));

    public void Blake2b(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> key) => Check(Sodium.Blake2b(hash, In(first), In(second), In(key)));

    public void HmacSha256(Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key) => Check(Sodium.HmacSha256(tag, In(message), In(key)));

    public void XChaCha20Poly1305Seal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) => Check(Sodium.XChaCha20Poly1305Seal(ciphertext, In(message), In(associatedData), In(nonce), In(key)));

    public bool XChaCha20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) => Sodium.XChaCha20Poly1305Open(message, In(ciphertext), In(associatedData), In(nonce), In(key));

    public void XSalsa20Poly1305Seal(Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) => Check(Sodium.XSalsa20Poly1305Seal(ciphertext, tag, In(message), In(nonce), In(key)));

    public bool XSalsa20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) => Sodium.XSalsa20Poly1305Open(message, In(ciphertext), In(tag), In(nonce), In(key));

    public void SecretStreamStart(Span<byte> state, ReadOnlySpan<byte> header, ReadOnlySpan<byte> key) => Check(Sodium.SecretStreamStart(state, In(header), In(key)));

    public void SecretStreamPush(Span<byte> state, Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, byte tag) => Check(Sodium.SecretStreamPush(state, ciphertext, In(message), In(associatedData), tag));

    public bool SecretStreamPull(Span<byte> state, Span<byte> message, out byte tag, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData)
    {
        var found = Sodium.SecretStreamPull(state, message, In(ciphertext), In(associatedData));
        tag = found < 0 ? (byte)0 : (byte)found;
        return found >= 0;
    }

    public void SecretStreamRekey(Span<byte> state) => Sodium.SecretStreamRekey(state);

    public MLKem MlKem768Import(ReadOnlySpan<byte> seed) => new ManagedMlKem768(seed);

    public void MlKem768Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, ReadOnlySpan<byte> message) =>
        ManagedMlKem768.Encapsulate(ciphertext, shared, encapsulationKey, message);

    public void Aes128CbcEncrypt(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key) => Sodium.Aes128CbcEncrypt(ciphertext, In(message), In(iv), In(key));

    public void Aes128CbcDecrypt(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key) => Sodium.Aes128CbcDecrypt(message, In(ciphertext), In(iv), In(key));

    public async ValueTask Argon2idAsync(Memory<byte> output, ReadOnlyMemory<byte> password, ReadOnlyMemory<byte> salt, int passes, long memoryBytes, CancellationToken cancellationToken)
    {
        using var hash = await Sodium.Argon2idAsync(output.Length, password.ToArray(), salt.ToArray(), passes, memoryBytes).ConfigureAwait(false);
        var bytes = hash?.GetPropertyAsByteArray("bytes") ?? throw new InsufficientMemoryException("Not enough memory to check the password.");
        bytes.CopyTo(output);
        CryptographicOperations.ZeroMemory(bytes);
    }

    // the worker only reads these: the marshaller knows no read-only spans
    private static Span<byte> In(ReadOnlySpan<byte> bytes) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bytes), bytes.Length);

    private static void Check(bool isDone)
    {
        if (!isDone)
            throw new CryptographicException("libsodium refused a call that cannot fail.");
    }
}
