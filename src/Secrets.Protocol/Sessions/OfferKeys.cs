using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The private half of an offer: o.pk (X25519) and o.ek (ML-KEM-768). Kept in the slot area; erased when an answer is taken.</summary>
/// <remarks>Export: X25519 32 ‖ ML-KEM seed 64. Spec: docs/protocol/sessions.md §3.3.</remarks>
public sealed class OfferKeys : IDisposable
{
    /// <summary>Size of the exported form in bytes.</summary>
    public const int Size = X25519PrivateKey.Size + MlKemDecapsulationKey.SeedSize;

    private OfferKeys(X25519PrivateKey preKey, MlKemDecapsulationKey decapsulationKey)
    {
        PreKey = preKey;
        DecapsulationKey = decapsulationKey;
    }

    internal X25519PrivateKey PreKey { get; }

    internal MlKemDecapsulationKey DecapsulationKey { get; }

    /// <summary>New random keys.</summary>
    public static OfferKeys Generate(RandomSource random) => new(X25519PrivateKey.Generate(random), MlKemDecapsulationKey.Generate(random));

    /// <summary>Reads what <see cref="Export"/> wrote.</summary>
    /// <exception cref="ArgumentException">Not 96 bytes.</exception>
    public static OfferKeys Import(ReadOnlySpan<byte> source)
    {
        if (source.Length != Size)
            throw new ArgumentException("The private half of an offer has 96 bytes.", nameof(source));
        return new OfferKeys(X25519PrivateKey.FromBytes(source[..X25519PrivateKey.Size]), MlKemDecapsulationKey.FromSeed(source[X25519PrivateKey.Size..]));
    }

    /// <summary>Writes the 96 bytes for the slot area.</summary>
    /// <exception cref="ArgumentException">The destination has not 96 bytes.</exception>
    public void Export(Span<byte> destination)
    {
        if (destination.Length != Size)
            throw new ArgumentException("The private half of an offer has 96 bytes.", nameof(destination));
        PreKey.ExportForVault(destination[..X25519PrivateKey.Size]);
        DecapsulationKey.ExportForVault(destination[X25519PrivateKey.Size..]);
    }

    /// <summary>Wipes both keys.</summary>
    public void Dispose()
    {
        PreKey.Dispose();
        DecapsulationKey.Dispose();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(OfferKeys);
}
