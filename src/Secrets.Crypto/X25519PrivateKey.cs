namespace Secrets.Crypto;

/// <summary>An X25519 private key: 32 bytes, clamped in use.</summary>
/// <remarks>RFC 7748 §5. Spec: docs/protocol/primitives.md §3.1.</remarks>
public sealed class X25519PrivateKey : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    /// <summary>Size of a shared secret in bytes.</summary>
    public const int SharedSize = 32;

    private readonly SecretBuffer _scalar;

    private X25519PrivateKey(SecretBuffer scalar)
    {
        _scalar = scalar;
        Span<byte> point = stackalloc byte[X25519PublicKey.Size];
        CryptoBackend.Current.X25519Base(point, scalar.Bytes);
        // a clamped scalar is no multiple of the group order, so its public key is never zero
        _ = X25519PublicKey.TryRead(point, out var publicKey);
        PublicKey = publicKey;
    }

    /// <summary>The public half.</summary>
    public X25519PublicKey PublicKey { get; }

    /// <summary>A new random key.</summary>
    public static X25519PrivateKey Generate(RandomSource random) => new(SecretBuffer.Generate(Size, random));

    /// <summary>The key with these 32 bytes; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static X25519PrivateKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("An X25519 private key has 32 bytes.", nameof(bytes));
        return new X25519PrivateKey(new SecretBuffer(bytes));
    }

    /// <summary>Writes the shared secret (32 bytes); false, with the destination wiped, if it is all zero.</summary>
    /// <exception cref="ArgumentException">The destination has not 32 bytes.</exception>
    public bool TryAgree(in X25519PublicKey peer, Span<byte> shared)
    {
        if (shared.Length != SharedSize)
            throw new ArgumentException("A shared secret has 32 bytes.", nameof(shared));
        if (CryptoBackend.Current.X25519(shared, _scalar.Bytes, peer.Bytes))
            return true;
        shared.Clear();
        return false;
    }

    /// <summary>Copies the key out, for sealing it into a store.</summary>
    public void ExportForVault(Span<byte> destination) => _scalar.ExportForVault(destination);

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _scalar.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(X25519PrivateKey);
}
