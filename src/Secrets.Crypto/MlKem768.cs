using System.Security.Cryptography;
using Secrets.Crypto.MlKem;

namespace Secrets.Crypto;

/// <summary>ML-KEM-768 by the backend: .NET's, libsodium.js' or <see cref="ManagedMlKem768"/>.</summary>
/// <remarks>Spec: docs/protocol/primitives.md §3.5.</remarks>
internal static class MlKem768
{
    /// <summary>FIPS 203 §7.2, the modulus check.</summary>
    public static bool IsReduced(ReadOnlySpan<byte> encapsulationKey) => ManagedMlKem768.IsReduced(encapsulationKey);

    /// <summary>The key of a seed of 64 bytes; the caller disposes of it.</summary>
    public static MLKem Import(ReadOnlySpan<byte> seed) => CryptoBackend.Current.MlKem768Import(seed);

    /// <summary>Makes a shared secret and its ciphertext for a key that passed <see cref="IsReduced"/>.</summary>
    public static void Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, RandomSource random)
    {
        Span<byte> message = stackalloc byte[PolynomialCoding.MessageSize];
        random.Fill(message);
        CryptoBackend.Current.MlKem768Encapsulate(ciphertext, shared, encapsulationKey, message);
        CryptographicOperations.ZeroMemory(message);
    }
}
