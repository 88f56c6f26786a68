using System.Security.Cryptography;

namespace Secrets.Crypto.MlKem;

/// <summary>An ML-KEM-768 key that holds its seed d ‖ z and its expanded form s ‖ ek ‖ H(ek) ‖ z, both pinned and wiped on disposal.</summary>
/// <remarks>FIPS 203 §7.1. What computes is up to the classes derived from it. Spec: docs/protocol/primitives.md §3.5.</remarks>
internal abstract class ExpandedMlKem768 : MLKem
{
    public const int SeedSize = 64;
    public const int EncapsulationKeySize = 1184;
    public const int ExpandedSize = SecretSize + EncapsulationKeySize + HashSize + HashSize;

    private const int SecretSize = 1152; // s, packed
    private const int HashSize = 32;

    private readonly SecretBuffer _seed;
    private readonly SecretBuffer _expanded = new(ExpandedSize);

    /// <summary>Keeps the seed; the derived class fills <see cref="Expanded"/>.</summary>
    protected ExpandedMlKem768(ReadOnlySpan<byte> seed) : base(MLKemAlgorithm.MLKem768) => _seed = new SecretBuffer(seed);

    /// <summary>The expanded key (2,400 bytes).</summary>
    protected Span<byte> Expanded => _expanded.Bytes;

    protected override void EncapsulateCore(Span<byte> ciphertext, Span<byte> sharedSecret)
    {
        using var message = SecretBuffer.Generate(PolynomialCoding.MessageSize, RandomSource.System);
        CryptoBackend.Current.MlKem768Encapsulate(ciphertext, sharedSecret, PublicPart, message.Bytes);
    }

    protected override void ExportPrivateSeedCore(Span<byte> destination) => _seed.Bytes.CopyTo(destination);

    protected override void ExportDecapsulationKeyCore(Span<byte> destination) => Expanded.CopyTo(destination);

    protected override void ExportEncapsulationKeyCore(Span<byte> destination) => PublicPart.CopyTo(destination);

    protected override bool TryExportPkcs8PrivateKeyCore(Span<byte> destination, out int bytesWritten)
    {
        // RFC 9935 §6, the form with the seed: PrivateKeyInfo { 0, id-alg-ml-kem-768, OCTET STRING { [0] seed } }
        ReadOnlySpan<byte> head = [0x30, 0x54, 0x02, 0x01, 0x00, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x04, 0x02, 0x04, 0x42, 0x80, 0x40];
        bytesWritten = 0;
        if (destination.Length < head.Length + SeedSize)
            return false;
        head.CopyTo(destination);
        _seed.Bytes.CopyTo(destination[head.Length..]);
        bytesWritten = head.Length + SeedSize;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _seed.Dispose();
            _expanded.Dispose();
        }
        base.Dispose(disposing);
    }

    private ReadOnlySpan<byte> PublicPart => Expanded.Slice(SecretSize, EncapsulationKeySize);
}
