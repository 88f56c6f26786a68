using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace Secrets.Browser.Crypto;

/// <summary>What web/src/core/sodium.ts offers, one function for each of <see cref="BrowserBackend"/>'s. Outputs come first and are left alone where the answer is false.</summary>
/// <remarks>Reference: libsodium 1.0.22 as npm's libsodium-sumo carries it. A view lives for the time of the call; only spans can be handed over, so inputs lose their read-only mark on the way.</remarks>
[SupportedOSPlatform("browser")]
internal static partial class Sodium
{
    private const string Module = "sodium";

    [JSImport("x25519", Module)]
    internal static partial bool X25519([JSMarshalAs<JSType.MemoryView>] Span<byte> shared, [JSMarshalAs<JSType.MemoryView>] Span<byte> scalar, [JSMarshalAs<JSType.MemoryView>] Span<byte> point);

    [JSImport("x25519Base", Module)]
    internal static partial bool X25519Base([JSMarshalAs<JSType.MemoryView>] Span<byte> point, [JSMarshalAs<JSType.MemoryView>] Span<byte> scalar);

    [JSImport("ed25519KeyPair", Module)]
    internal static partial bool Ed25519KeyPair([JSMarshalAs<JSType.MemoryView>] Span<byte> publicKey, [JSMarshalAs<JSType.MemoryView>] Span<byte> secretKey, [JSMarshalAs<JSType.MemoryView>] Span<byte> seed);

    [JSImport("ed25519Sign", Module)]
    internal static partial bool Ed25519Sign([JSMarshalAs<JSType.MemoryView>] Span<byte> signature, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> secretKey);

    [JSImport("ed25519Verify", Module)]
    internal static partial bool Ed25519Verify([JSMarshalAs<JSType.MemoryView>] Span<byte> signature, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> publicKey);

    [JSImport("ed25519IsValidPoint", Module)]
    internal static partial bool Ed25519IsValidPoint([JSMarshalAs<JSType.MemoryView>] Span<byte> point);

    [JSImport("ed25519PublicToX25519", Module)]
    internal static partial bool Ed25519PublicToX25519([JSMarshalAs<JSType.MemoryView>] Span<byte> x25519, [JSMarshalAs<JSType.MemoryView>] Span<byte> publicKey);

    [JSImport("ed25519SecretToX25519", Module)]
    internal static partial bool Ed25519SecretToX25519([JSMarshalAs<JSType.MemoryView>] Span<byte> x25519, [JSMarshalAs<JSType.MemoryView>] Span<byte> secretKey);

    [JSImport("ed25519Multiply", Module)]
    internal static partial bool Ed25519Multiply([JSMarshalAs<JSType.MemoryView>] Span<byte> result, [JSMarshalAs<JSType.MemoryView>] Span<byte> scalar, [JSMarshalAs<JSType.MemoryView>] Span<byte> point);

    [JSImport("ed25519MultiplyBase", Module)]
    internal static partial bool Ed25519MultiplyBase([JSMarshalAs<JSType.MemoryView>] Span<byte> result, [JSMarshalAs<JSType.MemoryView>] Span<byte> scalar);

    [JSImport("ed25519ScalarReduce", Module)]
    internal static partial bool Ed25519ScalarReduce([JSMarshalAs<JSType.MemoryView>] Span<byte> result, [JSMarshalAs<JSType.MemoryView>] Span<byte> wide);

    [JSImport("ed25519ScalarMultiply", Module)]
    internal static partial bool Ed25519ScalarMultiply([JSMarshalAs<JSType.MemoryView>] Span<byte> result, [JSMarshalAs<JSType.MemoryView>] Span<byte> x, [JSMarshalAs<JSType.MemoryView>] Span<byte> y);

    [JSImport("ed25519ScalarAdd", Module)]
    internal static partial bool Ed25519ScalarAdd([JSMarshalAs<JSType.MemoryView>] Span<byte> result, [JSMarshalAs<JSType.MemoryView>] Span<byte> x, [JSMarshalAs<JSType.MemoryView>] Span<byte> y);

    [JSImport("blake2b", Module)]
    internal static partial bool Blake2b([JSMarshalAs<JSType.MemoryView>] Span<byte> hash, [JSMarshalAs<JSType.MemoryView>] Span<byte> first, [JSMarshalAs<JSType.MemoryView>] Span<byte> second, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("hmacSha256", Module)]
    internal static partial bool HmacSha256([JSMarshalAs<JSType.MemoryView>] Span<byte> tag, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("hkdfSha256Extract", Module)]
    internal static partial bool HkdfSha256Extract([JSMarshalAs<JSType.MemoryView>] Span<byte> prk, [JSMarshalAs<JSType.MemoryView>] Span<byte> inputKey, [JSMarshalAs<JSType.MemoryView>] Span<byte> salt);

    [JSImport("hkdfSha256Expand", Module)]
    internal static partial bool HkdfSha256Expand([JSMarshalAs<JSType.MemoryView>] Span<byte> output, [JSMarshalAs<JSType.MemoryView>] Span<byte> prk, [JSMarshalAs<JSType.MemoryView>] Span<byte> info);

    [JSImport("xchacha20Poly1305Seal", Module)]
    internal static partial bool XChaCha20Poly1305Seal([JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> associatedData, [JSMarshalAs<JSType.MemoryView>] Span<byte> nonce, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("xchacha20Poly1305Open", Module)]
    internal static partial bool XChaCha20Poly1305Open([JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> associatedData, [JSMarshalAs<JSType.MemoryView>] Span<byte> nonce, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("xsalsa20Poly1305Seal", Module)]
    internal static partial bool XSalsa20Poly1305Seal([JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> tag, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> nonce, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("xsalsa20Poly1305Open", Module)]
    internal static partial bool XSalsa20Poly1305Open([JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> tag, [JSMarshalAs<JSType.MemoryView>] Span<byte> nonce, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("secretStreamStart", Module)]
    internal static partial bool SecretStreamStart([JSMarshalAs<JSType.MemoryView>] Span<byte> state, [JSMarshalAs<JSType.MemoryView>] Span<byte> header, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("secretStreamPush", Module)]
    internal static partial bool SecretStreamPush([JSMarshalAs<JSType.MemoryView>] Span<byte> state, [JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> associatedData, int tag);

    [JSImport("secretStreamPull", Module)]
    internal static partial bool SecretStreamPull([JSMarshalAs<JSType.MemoryView>] Span<byte> state, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> tag, [JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> associatedData);

    [JSImport("secretStreamRekey", Module)]
    internal static partial bool SecretStreamRekey([JSMarshalAs<JSType.MemoryView>] Span<byte> state);

    [JSImport("mlKem768KeyPair", Module)]
    internal static partial bool MlKem768KeyPair([JSMarshalAs<JSType.MemoryView>] Span<byte> expanded, [JSMarshalAs<JSType.MemoryView>] Span<byte> seed);

    [JSImport("mlKem768Encapsulate", Module)]
    internal static partial bool MlKem768Encapsulate([JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> shared, [JSMarshalAs<JSType.MemoryView>] Span<byte> encapsulationKey, [JSMarshalAs<JSType.MemoryView>] Span<byte> message);

    [JSImport("mlKem768Decapsulate", Module)]
    internal static partial bool MlKem768Decapsulate([JSMarshalAs<JSType.MemoryView>] Span<byte> shared, [JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> expanded);

    [JSImport("aes128CbcEncrypt", Module)]
    internal static partial void Aes128CbcEncrypt([JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> iv, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("aes128CbcDecrypt", Module)]
    internal static partial void Aes128CbcDecrypt([JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> iv, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("aes256GcmSeal", Module)]
    internal static partial void Aes256GcmSeal([JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> associatedData, [JSMarshalAs<JSType.MemoryView>] Span<byte> nonce, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    [JSImport("aes256GcmOpen", Module)]
    internal static partial bool Aes256GcmOpen([JSMarshalAs<JSType.MemoryView>] Span<byte> message, [JSMarshalAs<JSType.MemoryView>] Span<byte> ciphertext, [JSMarshalAs<JSType.MemoryView>] Span<byte> associatedData, [JSMarshalAs<JSType.MemoryView>] Span<byte> nonce, [JSMarshalAs<JSType.MemoryView>] Span<byte> key);

    /// <summary>All three stay in place until the task has ended. False where there is not enough memory.</summary>
    [JSImport("argon2id", Module)]
    internal static partial Task<bool> Argon2idAsync([JSMarshalAs<JSType.MemoryView>] ArraySegment<byte> output, [JSMarshalAs<JSType.MemoryView>] ArraySegment<byte> password, [JSMarshalAs<JSType.MemoryView>] ArraySegment<byte> salt, int passes, int memory);
}
