using System.Security.Cryptography;
using Secrets.Crypto.MlKem;

namespace Secrets.Crypto;

/// <summary>ML-KEM-768: .NET's where the platform has it, else <see cref="ManagedMlKem768"/>.</summary>
/// <remarks>
/// Encapsulation is managed everywhere: .NET's draws its own random bytes, and ours come from <see cref="RandomSource"/> alone.
/// Spec: docs/protocol/primitives.md §4.6.
/// </remarks>
internal static class MlKem768
{
    /// <summary>FIPS 203 §7.2, the modulus check.</summary>
    public static bool IsReduced(ReadOnlySpan<byte> encapsulationKey) => ManagedMlKem768.IsReduced(encapsulationKey);

    /// <summary>The key of a seed of 64 bytes; the caller disposes of it.</summary>
    public static MLKem Import(ReadOnlySpan<byte> seed) => MLKem.IsSupported
        ? MLKem.ImportPrivateSeed(MLKemAlgorithm.MLKem768, seed)
        : new ManagedMlKem768(seed);

    /// <summary>Makes a shared secret and its ciphertext for a key that passed <see cref="IsReduced"/>.</summary>
    public static void Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, RandomSource random)
    {
        Span<byte> message = stackalloc byte[PolynomialCoding.MessageSize];
        random.Fill(message);
        ManagedMlKem768.Encapsulate(ciphertext, shared, encapsulationKey, message);
        CryptographicOperations.ZeroMemory(message);
    }
}
