using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>The scalar f by which a key pair is blinded: clamp(SHA-512/256(input)) mod L, 32 bytes.</summary>
/// <remarks>BACAP, arXiv 2501.02933 section 4. Whoever knows f and a blinded private scalar knows the private key. Spec: docs/protocol/primitives.md §3.4.</remarks>
public sealed class BlindingFactor : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly SecretBuffer _scalar = new(Size);

    private BlindingFactor()
    {
    }

    internal ReadOnlySpan<byte> Scalar => _scalar.Bytes;

    /// <summary>The factor of a blinding input, 32 bytes in BACAP; any length is taken.</summary>
    public static BlindingFactor Derive(ReadOnlySpan<byte> input)
    {
        Span<byte> wide = stackalloc byte[64];
        wide.Clear();
        Sha512Slash256.Hash(wide[..Size], input);
        wide[0] &= 0b1111_1000;
        wide[Size - 1] &= 0b0111_1111;
        wide[Size - 1] |= 0b0100_0000;
        var factor = new BlindingFactor();
        CryptoBackend.Current.Ed25519ScalarReduce(factor._scalar.Bytes, wide);
        CryptographicOperations.ZeroMemory(wide);
        return factor;
    }

    /// <summary>Wipes the factor.</summary>
    public void Dispose() => _scalar.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BlindingFactor);
}
