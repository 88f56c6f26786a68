using System.Security.Cryptography;
using static Secrets.Crypto.MlKem.Polynomial;
using static Secrets.Crypto.MlKem.PolynomialCoding;

namespace Secrets.Crypto.MlKem;

/// <summary>ML-KEM-768 in managed code, for platforms without their own.</summary>
/// <remarks>
/// FIPS 203 §5 to §7: rank 3, η = 2, ciphertexts compressed to 10 and 4 bits. All that is secret on the stack lies in one scratch,
/// which is wiped before returning. Constant time. Goes away when every platform has its own. Spec: docs/protocol/primitives.md §3.5.
/// </remarks>
internal sealed class ManagedMlKem768 : ExpandedMlKem768
{
    public const int CiphertextSize = (Rank * Size10) + Size4;
    public const int SharedSize = 32;

    private const int Rank = 3;
    private const int HashSize = 32;
    private const int VectorCount = Rank * Count;

    /// <summary>The key of a seed of 64 bytes.</summary>
    public ManagedMlKem768(ReadOnlySpan<byte> seed) : base(seed) => DeriveKey(Expanded, seed);

    /// <summary>Key generation (algorithms 13 and 16): the expanded key s ‖ ek ‖ H(ek) ‖ z of a seed d ‖ z.</summary>
    public static void DeriveKey(Span<byte> expanded, ReadOnlySpan<byte> seed)
    {
        Span<ulong> sponge = stackalloc ulong[Keccak.Lanes];
        Span<byte> hashes = stackalloc byte[2 * HashSize];
        Span<int> scratch = stackalloc int[(2 * VectorCount) + (3 * Count)];
        var s = scratch[..VectorCount];
        var twisted = scratch.Slice(VectorCount, VectorCount);
        var a = scratch.Slice(2 * VectorCount, Count);
        var sum = scratch.Slice((2 * VectorCount) + Count, Count);
        var e = scratch.Slice((2 * VectorCount) + (2 * Count), Count);

        Keccak.Sha3With512Bits(hashes, seed[..HashSize], [Rank], sponge);
        var rho = hashes[..HashSize];
        var sigma = hashes[HashSize..];
        SampleNoiseInDomain(s, twisted, sigma, 0, sponge);

        var encapsulationKey = expanded.Slice(Rank * PackedSize, EncapsulationKeySize);
        for (var i = 0; i < Rank; i++)
        {
            sum.Clear();
            for (var j = 0; j < Rank; j++)
            {
                SampleUniform(a, rho, j, i, sponge);
                Multiply(sum, a, Part(s, j), Part(twisted, j));
            }
            ReduceSumInDomain(sum);
            SampleNoise(e, sigma, Rank + i, sponge);
            Ntt(e);
            Add(sum, e);
            Normalize(sum);
            Pack(encapsulationKey.Slice(i * PackedSize, PackedSize), sum);
        }
        rho.CopyTo(encapsulationKey[(Rank * PackedSize)..]);

        for (var i = 0; i < Rank; i++)
        {
            Normalize(Part(s, i));
            Pack(expanded.Slice(i * PackedSize, PackedSize), Part(s, i));
        }
        Keccak.Sha3With256Bits(expanded[^(2 * HashSize)..^HashSize], encapsulationKey, [], sponge);
        seed[HashSize..].CopyTo(expanded[^HashSize..]);
        Wipe(scratch, sponge, hashes);
    }

    /// <summary>True if every coefficient of the key is below q (§7.2, the modulus check).</summary>
    public static bool IsReduced(ReadOnlySpan<byte> encapsulationKey)
    {
        Span<int> polynomial = stackalloc int[Count];
        var reduced = true;
        for (var i = 0; i < Rank; i++)
            reduced &= TryUnpack(polynomial, encapsulationKey.Slice(i * PackedSize, PackedSize));
        return reduced;
    }

    /// <summary>Encapsulation (algorithm 17) of the 32 random bytes <paramref name="message"/> to a key that passed <see cref="IsReduced"/>.</summary>
    public static void Encapsulate(Span<byte> ciphertext, Span<byte> shared, ReadOnlySpan<byte> encapsulationKey, ReadOnlySpan<byte> message)
    {
        Span<ulong> sponge = stackalloc ulong[Keccak.Lanes];
        Span<byte> hash = stackalloc byte[HashSize];
        Span<byte> keys = stackalloc byte[2 * HashSize];
        Keccak.Sha3With256Bits(hash, encapsulationKey, [], sponge);
        Keccak.Sha3With512Bits(keys, message, hash, sponge);
        Encrypt(ciphertext, encapsulationKey, message, keys[HashSize..], sponge);
        keys[..HashSize].CopyTo(shared);
        Wipe([], sponge, keys);
    }

    /// <summary>Decapsulation (algorithm 18) with an expanded key.</summary>
    public static void Decapsulate(Span<byte> shared, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> expanded)
    {
        Span<ulong> sponge = stackalloc ulong[Keccak.Lanes];
        Span<byte> bytes = stackalloc byte[CiphertextSize + MessageSize + (3 * HashSize)];
        var again = bytes[..CiphertextSize];
        var message = bytes.Slice(CiphertextSize, MessageSize);
        var keys = bytes.Slice(CiphertextSize + MessageSize, 2 * HashSize);
        var rejected = bytes[^HashSize..];

        Decrypt(message, ciphertext, expanded, sponge);
        Keccak.Sha3With512Bits(keys, message, expanded[^(2 * HashSize)..^HashSize], sponge);
        Keccak.Shake256(rejected, expanded[^HashSize..], ciphertext, sponge);
        Encrypt(again, expanded.Slice(Rank * PackedSize, EncapsulationKeySize), message, keys[HashSize..], sponge);

        // implicit rejection: one of two secrets, chosen by a mask, not a branch
        var difference = 0;
        for (var i = 0; i < CiphertextSize; i++)
            difference |= ciphertext[i] ^ again[i];
        var mask = unchecked((byte)((0 - difference) >> 31)); // 0 if equal, else ff
        for (var i = 0; i < SharedSize; i++)
            shared[i] = unchecked((byte)((keys[i] & ~mask) | (rejected[i] & mask)));
        Wipe([], sponge, bytes);
    }

    protected override void DecapsulateCore(ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret) =>
        Decapsulate(sharedSecret, ciphertext, Expanded);

    /// <summary>K-PKE.Encrypt (algorithm 14).</summary>
    private static void Encrypt(Span<byte> ciphertext, ReadOnlySpan<byte> encapsulationKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> randomness, Span<ulong> sponge)
    {
        Span<int> scratch = stackalloc int[(2 * VectorCount) + (3 * Count)];
        var y = scratch[..VectorCount];
        var twisted = scratch.Slice(VectorCount, VectorCount);
        var a = scratch.Slice(2 * VectorCount, Count);
        var sum = scratch.Slice((2 * VectorCount) + Count, Count);
        var e = scratch.Slice((2 * VectorCount) + (2 * Count), Count);
        var rho = encapsulationKey[(Rank * PackedSize)..];

        SampleNoiseInDomain(y, twisted, randomness, 0, sponge);
        for (var i = 0; i < Rank; i++)
        {
            sum.Clear();
            for (var j = 0; j < Rank; j++)
            {
                SampleUniform(a, rho, i, j, sponge); // the matrix transposed
                Multiply(sum, a, Part(y, j), Part(twisted, j));
            }
            FinishSum(sum);
            SampleNoise(e, randomness, Rank + i, sponge);
            Add(sum, e);
            Normalize(sum);
            Compress10(ciphertext.Slice(i * Size10, Size10), sum);
        }

        sum.Clear();
        for (var j = 0; j < Rank; j++)
        {
            _ = TryUnpack(a, encapsulationKey.Slice(j * PackedSize, PackedSize));
            Multiply(sum, a, Part(y, j), Part(twisted, j));
        }
        FinishSum(sum);
        SampleNoise(e, randomness, 2 * Rank, sponge);
        Add(sum, e);
        AddMessage(sum, message);
        Normalize(sum);
        Compress4(ciphertext[(Rank * Size10)..], sum);
        Wipe(scratch, [], []);
    }

    /// <summary>K-PKE.Decrypt (algorithm 15).</summary>
    private static void Decrypt(Span<byte> message, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> expanded, Span<ulong> sponge)
    {
        Span<int> scratch = stackalloc int[4 * Count];
        var u = scratch[..Count];
        var twisted = scratch.Slice(Count, Count);
        var s = scratch.Slice(2 * Count, Count);
        var sum = scratch[(3 * Count)..];

        for (var i = 0; i < Rank; i++)
        {
            Decompress10(u, ciphertext.Slice(i * Size10, Size10));
            Ntt(u);
            Twist(twisted, u);
            _ = TryUnpack(s, expanded.Slice(i * PackedSize, PackedSize));
            Multiply(sum, s, u, twisted);
        }
        FinishSum(sum);
        Decompress4(u, ciphertext[(Rank * Size10)..]);
        SubtractFrom(sum, u);
        Normalize(sum);
        CompressMessage(message, sum);
        Wipe(scratch, sponge, []);
    }

    private static void SampleNoiseInDomain(Span<int> vector, Span<int> twisted, ReadOnlySpan<byte> seed, int first, Span<ulong> sponge)
    {
        for (var i = 0; i < Rank; i++)
        {
            SampleNoise(Part(vector, i), seed, first + i, sponge);
            Ntt(Part(vector, i));
            Twist(Part(twisted, i), Part(vector, i));
        }
    }

    private static void SampleNoise(Span<int> polynomial, ReadOnlySpan<byte> seed, int number, Span<ulong> sponge)
    {
        Span<byte> bytes = stackalloc byte[BinomialSize];
        Keccak.Shake256(bytes, seed, [(byte)number], sponge);
        SampleBinomial(polynomial, bytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    private static void FinishSum(Span<int> sum)
    {
        ReduceSum(sum);
        InverseNtt(sum);
    }

    private static Span<int> Part(Span<int> vector, int index) => vector.Slice(index * Count, Count);

    private static void Wipe(Span<int> scratch, Span<ulong> sponge, Span<byte> bytes)
    {
        CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch));
        CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(sponge));
        CryptographicOperations.ZeroMemory(bytes);
    }
}
