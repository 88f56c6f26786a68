using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>An ML-KEM-768 encapsulation key: 1,184 bytes that pass FIPS 203's modulus check.</summary>
/// <remarks>FIPS 203 §7.2. Immutable. Spec: docs/protocol/primitives.md §3.5.</remarks>
public sealed class MlKemEncapsulationKey : IEquatable<MlKemEncapsulationKey>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 1184;

    /// <summary>Size of a ciphertext in bytes.</summary>
    public const int CiphertextSize = 1088;

    /// <summary>Size of the shared secret in bytes.</summary>
    public const int SharedSize = 32;

    private readonly byte[] _bytes;

    private MlKemEncapsulationKey(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 1,184 bytes; false for another length or a coefficient that is not below 3,329.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out MlKemEncapsulationKey? key)
    {
        key = source.Length == Size && MlKem768.IsReduced(source) ? new MlKemEncapsulationKey(source) : null;
        return key is not null;
    }

    /// <summary>Takes 1,184 bytes that were made by ourselves.</summary>
    internal static MlKemEncapsulationKey FromTrusted(ReadOnlySpan<byte> source) => new(source);

    /// <summary>Makes a shared secret (32 bytes) and the ciphertext (1,088 bytes) that carries it to the holder of the decapsulation key.</summary>
    public void Encapsulate(Span<byte> ciphertext, Span<byte> shared, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (ciphertext.Length != CiphertextSize || shared.Length != SharedSize)
            throw new ArgumentException("ML-KEM-768: ciphertext 1,088 and shared secret 32 bytes.");
        MlKem768.Encapsulate(ciphertext, shared, _bytes, random);
    }

    /// <summary>Equality of the bytes.</summary>
    public bool Equals(MlKemEncapsulationKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MlKemEncapsulationKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(MlKemEncapsulationKey);
}
