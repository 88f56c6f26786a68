namespace Secrets.Crypto;

/// <summary>An ML-KEM-768 decapsulation key, kept as its 64-byte seed d ‖ z.</summary>
/// <remarks>FIPS 203 §7.1 and §7.3. Spec: docs/protocol/primitives.md.</remarks>
public sealed class MlKemDecapsulationKey : IDisposable
{
    /// <summary>Size of the seed in bytes: d (32) ‖ z (32).</summary>
    public const int SeedSize = 64;

    private readonly SecretBuffer _seed;

    private MlKemDecapsulationKey(SecretBuffer seed)
    {
        _seed = seed;
        Span<byte> encapsulationKey = stackalloc byte[MlKemEncapsulationKey.Size];
        MlKem768.DeriveEncapsulationKey(encapsulationKey, seed.Bytes);
        _ = MlKemEncapsulationKey.TryRead(encapsulationKey, out var key);
        EncapsulationKey = key ?? throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>The public half.</summary>
    public MlKemEncapsulationKey EncapsulationKey { get; }

    /// <summary>A new random key.</summary>
    public static MlKemDecapsulationKey Generate(RandomSource random) => new(SecretBuffer.Generate(SeedSize, random));

    /// <summary>The key of this seed; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 64 bytes.</exception>
    public static MlKemDecapsulationKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
            throw new ArgumentException("An ML-KEM seed has 64 bytes.", nameof(seed));
        return new MlKemDecapsulationKey(new SecretBuffer(seed));
    }

    /// <summary>The shared secret (32 bytes) of a ciphertext; a forged one gives an unrelated secret (implicit rejection). False only for a wrong length.</summary>
    public bool TryDecapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> shared)
    {
        if (shared.Length != MlKemEncapsulationKey.SharedSize)
            throw new ArgumentException("A shared secret has 32 bytes.", nameof(shared));
        if (ciphertext.Length != MlKemEncapsulationKey.CiphertextSize)
            return false;
        MlKem768.Decapsulate(shared, ciphertext, _seed.Bytes);
        return true;
    }

    /// <summary>Copies the seed (64 bytes) out, for sealing it into a store.</summary>
    public void ExportForVault(Span<byte> destination) => _seed.ExportForVault(destination);

    /// <summary>Wipes the seed.</summary>
    public void Dispose() => _seed.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(MlKemDecapsulationKey);
}
