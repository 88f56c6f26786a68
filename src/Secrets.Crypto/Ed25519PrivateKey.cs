using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>An Ed25519 private key, made from a 32-byte seed.</summary>
/// <remarks>RFC 8032 §5.1.5. Spec: docs/protocol/primitives.md §3.2.</remarks>
public sealed class Ed25519PrivateKey : IDisposable
{
    /// <summary>Size of the seed in bytes.</summary>
    public const int SeedSize = 32;

    private const int SecretKeySize = SeedSize + Ed25519PublicKey.Size;

    private readonly SecretBuffer _secretKey;

    private Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        _secretKey = new SecretBuffer(SecretKeySize);
        Span<byte> publicKey = stackalloc byte[Ed25519PublicKey.Size];
        CryptoBackend.Current.Ed25519KeyPair(publicKey, _secretKey.Bytes, seed);
        PublicKey = Ed25519PublicKey.FromTrusted(publicKey);
    }

    /// <summary>The public half.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>A new random key.</summary>
    public static Ed25519PrivateKey Generate(RandomSource random)
    {
        using var seed = SecretBuffer.Generate(SeedSize, random);
        return new Ed25519PrivateKey(seed.Bytes);
    }

    /// <summary>The key of this seed; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
            throw new ArgumentException("An Ed25519 seed has 32 bytes.", nameof(seed));
        return new Ed25519PrivateKey(seed);
    }

    /// <summary>Signs a message (RFC 8032, deterministic).</summary>
    public Ed25519Signature Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> signature = stackalloc byte[Ed25519Signature.Size];
        CryptoBackend.Current.Ed25519Sign(signature, message, _secretKey.Bytes);
        _ = Ed25519Signature.TryRead(signature, out var result);
        return result;
    }

    /// <summary>The X25519 key on the same curve, as secret-handshake uses it.</summary>
    public X25519PrivateKey ConvertToX25519()
    {
        Span<byte> scalar = stackalloc byte[X25519PrivateKey.Size];
        try
        {
            CryptoBackend.Current.Ed25519SecretToX25519(scalar, _secretKey.Bytes);
            return X25519PrivateKey.FromBytes(scalar);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>The signing key whose public half is <see cref="PublicKey"/> blinded by the factor.</summary>
    public BlindedSigningKey Blind(BlindingFactor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        Span<byte> scalar = stackalloc byte[X25519PrivateKey.Size];
        try
        {
            // the X25519 scalar of an Ed25519 key is its clamped secret scalar a
            CryptoBackend.Current.Ed25519SecretToX25519(scalar, _secretKey.Bytes);
            return BlindedSigningKey.Derive(scalar, factor);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>Copies the seed (32 bytes) out, for sealing it into a store.</summary>
    public void ExportForVault(Span<byte> destination)
    {
        if (destination.Length != SeedSize)
            throw new ArgumentException("An Ed25519 seed has 32 bytes.", nameof(destination));
        _secretKey.Bytes[..SeedSize].CopyTo(destination);
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _secretKey.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Ed25519PrivateKey);
}
