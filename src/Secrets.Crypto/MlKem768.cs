namespace Secrets.Crypto;

/// <summary>ML-KEM-768: .NET's where the platform has it, else <c>ManagedMlKem768</c>.</summary>
internal static class MlKem768
{
    public static bool IsReduced(ReadOnlySpan<byte> encapsulationKey) => throw new NotSupportedException();

    public static void DeriveEncapsulationKey(Span<byte> encapsulationKey, ReadOnlySpan<byte> seed) => throw new NotSupportedException();

    public static void Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, RandomSource random) => throw new NotSupportedException();

    public static void Decapsulate(Span<byte> shared, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> seed) => throw new NotSupportedException();
}
