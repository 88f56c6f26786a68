using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>A blinded Ed25519 signing key: the scalar s = f · a mod L, 32 bytes, and its public key s · B.</summary>
/// <remarks>
/// Signatures verify with any RFC 8032 verifier. The nonce is BACAP's:
/// d = SHA-512(s), r = SHA-512(d[32..64] ‖ message ‖ d[33..64]) mod L.
/// Spec: docs/protocol/primitives.md §3.4.
/// </remarks>
public sealed class BlindedSigningKey : IDisposable
{
    private const int ScalarSize = 32;

    private readonly SecretBuffer _scalar = new(ScalarSize);

    private BlindedSigningKey()
    {
    }

    /// <summary>The blinded public key.</summary>
    public Ed25519PublicKey PublicKey { get; private set; }

    internal static BlindedSigningKey Derive(ReadOnlySpan<byte> secretScalar, BlindingFactor factor)
    {
        var key = new BlindedSigningKey();
        try
        {
            CryptoBackend.Current.Ed25519ScalarMultiply(key._scalar.Bytes, factor.Scalar, secretScalar);
            Span<byte> point = stackalloc byte[Ed25519PublicKey.Size];
            if (!CryptoBackend.Current.Ed25519MultiplyBase(point, key._scalar.Bytes))
                throw new CryptographicException("A blinded scalar was zero."); // probability 2^-252
            key.PublicKey = Ed25519PublicKey.FromTrusted(point);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Signs a message, deterministically.</summary>
    public Ed25519Signature Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> d = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> wide = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> r = stackalloc byte[ScalarSize];
        Span<byte> h = stackalloc byte[ScalarSize];
        Span<byte> signature = stackalloc byte[Ed25519Signature.Size];
        var backend = CryptoBackend.Current;

        _ = SHA512.HashData(_scalar.Bytes, d);
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512))
        {
            hash.AppendData(d[32..]);
            hash.AppendData(message);
            hash.AppendData(d[33..]); // one byte shorter than the prefix: so do BACAP's published values
            _ = hash.GetHashAndReset(wide);
            backend.Ed25519ScalarReduce(r, wide);
            if (!backend.Ed25519MultiplyBase(signature[..32], r))
                throw new CryptographicException("A signature nonce was zero."); // probability 2^-252

            hash.AppendData(signature[..32]);
            hash.AppendData(PublicKey.Bytes);
            hash.AppendData(message);
            _ = hash.GetHashAndReset(wide);
        }

        backend.Ed25519ScalarReduce(h, wide);
        backend.Ed25519ScalarMultiply(h, h, _scalar.Bytes);
        backend.Ed25519ScalarAdd(signature[32..], r, h);
        CryptographicOperations.ZeroMemory(d);
        CryptographicOperations.ZeroMemory(wide);
        CryptographicOperations.ZeroMemory(r);
        CryptographicOperations.ZeroMemory(h);
        _ = Ed25519Signature.TryRead(signature, out var result);
        return result;
    }

    /// <summary>Wipes the scalar.</summary>
    public void Dispose() => _scalar.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BlindedSigningKey);
}
