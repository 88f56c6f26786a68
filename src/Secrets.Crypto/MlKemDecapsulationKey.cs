using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>An ML-KEM-768 decapsulation key, made from and stored as its 64-byte seed d ‖ z.</summary>
/// <remarks>FIPS 203 §7.1 and §7.3. The expanded key is kept beside the seed, so that decapsulating doesn't make it again. Spec: docs/protocol/primitives.md §3.5.</remarks>
public sealed class MlKemDecapsulationKey : IDisposable
{
    /// <summary>Size of the seed in bytes: d (32) ‖ z (32).</summary>
    public const int SeedSize = 64;

    private readonly MLKem _key;

    private MlKemDecapsulationKey(ReadOnlySpan<byte> seed)
    {
        _key = MlKem768.Import(seed);
        Span<byte> encapsulationKey = stackalloc byte[MlKemEncapsulationKey.Size];
        _key.ExportEncapsulationKey(encapsulationKey);
        EncapsulationKey = MlKemEncapsulationKey.FromTrusted(encapsulationKey);
    }

    /// <summary>The public half.</summary>
    public MlKemEncapsulationKey EncapsulationKey { get; }

    /// <summary>A new random key.</summary>
    public static MlKemDecapsulationKey Generate(RandomSource random)
    {
        using var seed = SecretBuffer.Generate(SeedSize, random);
        return new MlKemDecapsulationKey(seed.Bytes);
    }

    /// <summary>The key of this seed; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 64 bytes.</exception>
    public static MlKemDecapsulationKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
            throw new ArgumentException("An ML-KEM seed has 64 bytes.", nameof(seed));
        return new MlKemDecapsulationKey(seed);
    }

    /// <summary>The shared secret (32 bytes) of a ciphertext; a forged one gives an unrelated secret (implicit rejection). False only for a wrong length.</summary>
    /// <exception cref="ArgumentException">The destination has not 32 bytes.</exception>
    public bool TryDecapsulate(ReadOnlySpan<byte> ciphertext, Span<byte> shared)
    {
        if (shared.Length != MlKemEncapsulationKey.SharedSize)
            throw new ArgumentException("A shared secret has 32 bytes.", nameof(shared));
        if (ciphertext.Length != MlKemEncapsulationKey.CiphertextSize)
            return false;
        _key.Decapsulate(ciphertext, shared);
        return true;
    }

    /// <summary>Copies the seed (64 bytes) out, for sealing it into a store.</summary>
    /// <exception cref="ArgumentException">The destination has not 64 bytes.</exception>
    public void ExportForVault(Span<byte> destination)
    {
        if (destination.Length != SeedSize)
            throw new ArgumentException("An ML-KEM seed has 64 bytes.", nameof(destination));
        _key.ExportPrivateSeed(destination);
    }

    /// <summary>Wipes the seed and the expanded key.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(MlKemDecapsulationKey);
}
