using System.Runtime.Versioning;
using System.Security.Cryptography;
using Secrets.Crypto.MlKem;
using static Secrets.Crypto.Native.LibSodium;

namespace Secrets.Crypto.Native;

/// <summary>The backend over the system's libsodium; AES by .NET.</summary>
[UnsupportedOSPlatform("browser")]
internal unsafe class NativeBackend : ICryptoBackend
{
    private const int Argon2id13 = 2; // crypto_pwhash_ALG_ARGON2ID13

    public bool X25519(Span<byte> shared, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point)
    {
        fixed (byte* q = shared, n = scalar, p = point)
            return crypto_scalarmult_curve25519(q, n, p) == 0;
    }

    public void X25519Base(Span<byte> point, ReadOnlySpan<byte> scalar)
    {
        fixed (byte* q = point, n = scalar)
            Check(crypto_scalarmult_curve25519_base(q, n));
    }

    public void Ed25519KeyPair(Span<byte> publicKey, Span<byte> secretKey, ReadOnlySpan<byte> seed)
    {
        fixed (byte* pk = publicKey, sk = secretKey, s = seed)
            Check(crypto_sign_ed25519_seed_keypair(pk, sk, s));
    }

    public void Ed25519Sign(Span<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> secretKey)
    {
        fixed (byte* sig = signature, m = message, sk = secretKey)
            Check(crypto_sign_ed25519_detached(sig, null, m, (ulong)message.Length, sk));
    }

    public bool Ed25519Verify(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey)
    {
        fixed (byte* sig = signature, m = message, pk = publicKey)
            return crypto_sign_ed25519_verify_detached(sig, m, (ulong)message.Length, pk) == 0;
    }

    public bool Ed25519IsValidPoint(ReadOnlySpan<byte> point)
    {
        fixed (byte* p = point)
            return crypto_core_ed25519_is_valid_point(p) == 1;
    }

    public bool Ed25519PublicToX25519(Span<byte> x25519, ReadOnlySpan<byte> publicKey)
    {
        fixed (byte* x = x25519, pk = publicKey)
            return crypto_sign_ed25519_pk_to_curve25519(x, pk) == 0;
    }

    public void Ed25519SecretToX25519(Span<byte> x25519, ReadOnlySpan<byte> secretKey)
    {
        fixed (byte* x = x25519, sk = secretKey)
            Check(crypto_sign_ed25519_sk_to_curve25519(x, sk));
    }

    public bool Ed25519Multiply(Span<byte> result, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point)
    {
        fixed (byte* q = result, n = scalar, p = point)
            return crypto_scalarmult_ed25519_noclamp(q, n, p) == 0;
    }

    public bool Ed25519MultiplyBase(Span<byte> result, ReadOnlySpan<byte> scalar)
    {
        fixed (byte* q = result, n = scalar)
            return crypto_scalarmult_ed25519_base_noclamp(q, n) == 0;
    }

    public void Ed25519ScalarReduce(Span<byte> result, ReadOnlySpan<byte> wide)
    {
        fixed (byte* r = result, s = wide)
            crypto_core_ed25519_scalar_reduce(r, s);
    }

    public void Ed25519ScalarMultiply(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        fixed (byte* r = result, a = x, b = y)
            crypto_core_ed25519_scalar_mul(r, a, b);
    }

    public void Ed25519ScalarAdd(Span<byte> result, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        fixed (byte* r = result, a = x, b = y)
            crypto_core_ed25519_scalar_add(r, a, b);
    }

    public void Blake2b(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> key)
    {
        fixed (byte* o = hash, m = first, m2 = second, k = key)
        {
            if (second.IsEmpty)
                Check(crypto_generichash_blake2b(o, (nuint)hash.Length, m, (ulong)first.Length, k, (nuint)key.Length));
            else
                Blake2b(o, hash.Length, m, first.Length, m2, second.Length, k, key.Length);
        }
    }

    private static void Blake2b(byte* hash, int hashSize, byte* first, int firstLength, byte* second, int secondLength, byte* key, int keyLength)
    {
        const int StateSize = 384; // crypto_generichash_blake2b_STATEBYTES, to be aligned to 64
        const int Alignment = 64;
        var scratch = stackalloc byte[StateSize + Alignment];
        var state = scratch + ((Alignment - ((nuint)scratch % Alignment)) % Alignment);
        Check(crypto_generichash_blake2b_init(state, key, (nuint)keyLength, (nuint)hashSize));
        Check(crypto_generichash_blake2b_update(state, first, (ulong)firstLength));
        Check(crypto_generichash_blake2b_update(state, second, (ulong)secondLength));
        Check(crypto_generichash_blake2b_final(state, hash, (nuint)hashSize));
        CryptographicOperations.ZeroMemory(new Span<byte>(scratch, StateSize + Alignment));
    }

    public void HmacSha256(Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        fixed (byte* t = tag, m = message, k = key)
            Check(crypto_auth_hmacsha256(t, m, (ulong)message.Length, k));
    }

    public void XChaCha20Poly1305Seal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        fixed (byte* c = ciphertext, m = message, ad = associatedData, n = nonce, k = key)
            Check(crypto_aead_xchacha20poly1305_ietf_encrypt(c, null, m, (ulong)message.Length, ad, (ulong)associatedData.Length, null, n, k));
    }

    public bool XChaCha20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        fixed (byte* c = ciphertext, m = message, ad = associatedData, n = nonce, k = key)
            return crypto_aead_xchacha20poly1305_ietf_decrypt(m, null, null, c, (ulong)ciphertext.Length, ad, (ulong)associatedData.Length, n, k) == 0;
    }

    public void XSalsa20Poly1305Seal(Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        fixed (byte* c = ciphertext, t = tag, m = message, n = nonce, k = key)
            Check(crypto_secretbox_detached(c, t, m, (ulong)message.Length, n, k));
    }

    public bool XSalsa20Poly1305Open(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        fixed (byte* c = ciphertext, t = tag, m = message, n = nonce, k = key)
            return crypto_secretbox_open_detached(m, c, t, (ulong)ciphertext.Length, n, k) == 0;
    }

    // init_pull makes the state of init_push too, from a header that we draw ourselves: one door for randomness
    public void SecretStreamStart(Span<byte> state, ReadOnlySpan<byte> header, ReadOnlySpan<byte> key)
    {
        fixed (byte* st = state, h = header, k = key)
            Check(crypto_secretstream_xchacha20poly1305_init_pull(st, h, k));
    }

    public void SecretStreamPush(Span<byte> state, Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, byte tag)
    {
        fixed (byte* st = state, c = ciphertext, m = message, ad = associatedData)
            Check(crypto_secretstream_xchacha20poly1305_push(st, c, null, m, (ulong)message.Length, ad, (ulong)associatedData.Length, tag));
    }

    public bool SecretStreamPull(Span<byte> state, Span<byte> message, out byte tag, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData)
    {
        byte found = 0;
        int result;
        fixed (byte* st = state, c = ciphertext, m = message, ad = associatedData)
            result = crypto_secretstream_xchacha20poly1305_pull(st, m, null, &found, c, (ulong)ciphertext.Length, ad, (ulong)associatedData.Length);
        tag = found;
        return result == 0;
    }

    public void SecretStreamRekey(Span<byte> state)
    {
        fixed (byte* st = state)
            crypto_secretstream_xchacha20poly1305_rekey(st);
    }

    public MLKem MlKem768Import(ReadOnlySpan<byte> seed) => MLKem.IsSupported
        ? MLKem.ImportPrivateSeed(MLKemAlgorithm.MLKem768, seed)
        : new ManagedMlKem768(seed);

    // managed everywhere: .NET's draws its own random bytes, and ours come from RandomSource alone
    public void MlKem768Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, ReadOnlySpan<byte> message) =>
        ManagedMlKem768.Encapsulate(ciphertext, shared, encapsulationKey, message);

    public void Aes128CbcEncrypt(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        _ = aes.EncryptCbc(message, iv, ciphertext, PaddingMode.None);
    }

    public void Aes128CbcDecrypt(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        _ = aes.DecryptCbc(ciphertext, iv, message, PaddingMode.None);
    }

    public void Aes256GcmSeal(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        using var aes = new AesGcm(key, Aes256Gcm.TagSize);
        aes.Encrypt(nonce, message, ciphertext[..message.Length], ciphertext[message.Length..], associatedData);
    }

    public bool Aes256GcmOpen(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        using var aes = new AesGcm(key, Aes256Gcm.TagSize);
        try
        {
            aes.Decrypt(nonce, ciphertext[..message.Length], ciphertext[message.Length..], message, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            message.Clear();
            return false;
        }
    }

    public ValueTask Argon2idAsync(Memory<byte> output, ReadOnlyMemory<byte> password, ReadOnlyMemory<byte> salt, int passes, long memoryBytes, CancellationToken cancellationToken) =>
        new(Task.Run(() => Argon2id(output.Span, password.Span, salt.Span, passes, memoryBytes), cancellationToken));

    private static void Argon2id(Span<byte> output, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int passes, long memoryBytes)
    {
        fixed (byte* o = output, p = password, s = salt)
        {
            // libsodium refuses a null password pointer even for length zero
            byte none = 0;
            var text = password.IsEmpty ? &none : p;
            if (crypto_pwhash(o, (ulong)output.Length, text, (ulong)password.Length, s, (ulong)passes, (nuint)memoryBytes, Argon2id13) != 0)
                throw new InsufficientMemoryException("Not enough memory to check the password.");
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new CryptographicException("libsodium refused a call that cannot fail.");
    }
}
