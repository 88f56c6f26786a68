using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>One side's ratchet keys of one step: an X25519 pair and an ML-KEM-768 pair, made and given up together.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §4.6.</remarks>
internal sealed class RatchetKeyPair(X25519PrivateKey agreement, MlKemDecapsulationKey decapsulation) : IDisposable
{
    public const int Size = X25519PrivateKey.Size + MlKemDecapsulationKey.SeedSize;

    public X25519PrivateKey Agreement { get; } = agreement;

    public MlKemDecapsulationKey Decapsulation { get; } = decapsulation;

    public static RatchetKeyPair Generate(RandomSource random) => new(X25519PrivateKey.Generate(random), MlKemDecapsulationKey.Generate(random));

    public static RatchetKeyPair Import(ReadOnlySpan<byte> source) =>
        new(X25519PrivateKey.FromBytes(source[..X25519PrivateKey.Size]), MlKemDecapsulationKey.FromSeed(source[X25519PrivateKey.Size..]));

    public void Export(Span<byte> destination)
    {
        Agreement.ExportForVault(destination[..X25519PrivateKey.Size]);
        Decapsulation.ExportForVault(destination[X25519PrivateKey.Size..]);
    }

    public void Dispose()
    {
        Agreement.Dispose();
        Decapsulation.Dispose();
    }
}
