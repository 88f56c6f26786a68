using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Secrets.Crypto.Native;

/// <summary>libsodium's C functions, exactly those that <see cref="NativeBackend"/> uses.</summary>
/// <remarks>Reference: libsodium 1.0.18, headers sodium/*.h. Debian's package is libsodium23.</remarks>
[UnsupportedOSPlatform("browser")]
internal static unsafe partial class LibSodium
{
    private const string Library = "sodium";

    static LibSodium()
    {
        NativeLibrary.SetDllImportResolver(typeof(LibSodium).Assembly, Resolve);
        if (sodium_init() < 0)
            throw new InvalidOperationException("libsodium did not start.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        ReadOnlySpan<string> candidates = ["libsodium.so.23", "libsodium.so.26", "libsodium", "libsodium.23", "libsodium.26"];
        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }
        throw new DllNotFoundException("libsodium is missing. On Debian and Ubuntu: apt-get install libsodium23");
    }

    [LibraryImport(Library)] private static partial int sodium_init();
    [LibraryImport(Library)] public static partial int crypto_scalarmult_curve25519(byte* q, byte* n, byte* p);
    [LibraryImport(Library)] public static partial int crypto_scalarmult_curve25519_base(byte* q, byte* n);
    [LibraryImport(Library)] public static partial int crypto_sign_ed25519_seed_keypair(byte* pk, byte* sk, byte* seed);
    [LibraryImport(Library)] public static partial int crypto_sign_ed25519_detached(byte* sig, ulong* siglen, byte* m, ulong mlen, byte* sk);
    [LibraryImport(Library)] public static partial int crypto_sign_ed25519_verify_detached(byte* sig, byte* m, ulong mlen, byte* pk);
    [LibraryImport(Library)] public static partial int crypto_sign_ed25519_pk_to_curve25519(byte* x, byte* pk);
    [LibraryImport(Library)] public static partial int crypto_sign_ed25519_sk_to_curve25519(byte* x, byte* sk);
    [LibraryImport(Library)] public static partial int crypto_core_ed25519_is_valid_point(byte* p);
    [LibraryImport(Library)] public static partial int crypto_scalarmult_ed25519_noclamp(byte* q, byte* n, byte* p);
    [LibraryImport(Library)] public static partial int crypto_scalarmult_ed25519_base_noclamp(byte* q, byte* n);
    [LibraryImport(Library)] public static partial void crypto_core_ed25519_scalar_reduce(byte* r, byte* s);
    [LibraryImport(Library)] public static partial void crypto_core_ed25519_scalar_mul(byte* z, byte* x, byte* y);
    [LibraryImport(Library)] public static partial void crypto_core_ed25519_scalar_add(byte* z, byte* x, byte* y);
    [LibraryImport(Library)] public static partial int crypto_auth_hmacsha256(byte* o, byte* i, ulong inlen, byte* key);
    [LibraryImport(Library)] public static partial int crypto_generichash_blake2b(byte* o, nuint outlen, byte* i, ulong inlen, byte* key, nuint keylen);
    [LibraryImport(Library)] public static partial int crypto_generichash_blake2b_init(byte* state, byte* key, nuint keylen, nuint outlen);
    [LibraryImport(Library)] public static partial int crypto_generichash_blake2b_update(byte* state, byte* i, ulong inlen);
    [LibraryImport(Library)] public static partial int crypto_generichash_blake2b_final(byte* state, byte* o, nuint outlen);
    [LibraryImport(Library)] public static partial int crypto_aead_xchacha20poly1305_ietf_encrypt(byte* c, ulong* clen, byte* m, ulong mlen, byte* ad, ulong adlen, byte* nsec, byte* npub, byte* k);
    [LibraryImport(Library)] public static partial int crypto_aead_xchacha20poly1305_ietf_decrypt(byte* m, ulong* mlen, byte* nsec, byte* c, ulong clen, byte* ad, ulong adlen, byte* npub, byte* k);
    [LibraryImport(Library)] public static partial int crypto_secretbox_detached(byte* c, byte* mac, byte* m, ulong mlen, byte* n, byte* k);
    [LibraryImport(Library)] public static partial int crypto_secretbox_open_detached(byte* m, byte* c, byte* mac, ulong clen, byte* n, byte* k);
    [LibraryImport(Library)] public static partial int crypto_secretstream_xchacha20poly1305_init_pull(byte* state, byte* header, byte* k);
    [LibraryImport(Library)] public static partial int crypto_secretstream_xchacha20poly1305_push(byte* state, byte* c, ulong* clen, byte* m, ulong mlen, byte* ad, ulong adlen, byte tag);
    [LibraryImport(Library)] public static partial int crypto_secretstream_xchacha20poly1305_pull(byte* state, byte* m, ulong* mlen, byte* tag, byte* c, ulong clen, byte* ad, ulong adlen);
    [LibraryImport(Library)] public static partial void crypto_secretstream_xchacha20poly1305_rekey(byte* state);
    [LibraryImport(Library)] public static partial int crypto_pwhash(byte* o, ulong outlen, byte* passwd, ulong passwdlen, byte* salt, ulong opslimit, nuint memlimit, int alg);
}
