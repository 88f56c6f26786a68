using System.Buffers.Binary;

namespace Secrets.Crypto.MlKem;

/// <summary>Polynomials from and to bytes: packing, compression, sampling.</summary>
/// <remarks>
/// FIPS 203 §4.2. Constant time but for <see cref="SampleUniform"/>, whose input is public. Compression divides by q through a
/// multiplication, as a division instruction may take a time that depends on the secret (KyberSlash).
/// </remarks>
internal static class PolynomialCoding
{
    /// <summary>Bytes of a packed polynomial of 12-bit coefficients.</summary>
    public const int PackedSize = Polynomial.Count * 12 / 8;

    /// <summary>Bytes of a polynomial compressed to 10 bits.</summary>
    public const int Size10 = Polynomial.Count * 10 / 8;

    /// <summary>Bytes of a polynomial compressed to 4 bits.</summary>
    public const int Size4 = Polynomial.Count * 4 / 8;

    /// <summary>Bytes of a message: one bit a coefficient.</summary>
    public const int MessageSize = Polynomial.Count / 8;

    /// <summary>Bytes from which <see cref="SampleBinomial"/> makes a polynomial.</summary>
    public const int BinomialSize = 128;

    private const int QuotientShift = 36;
    private const ulong QuotientFactor = ((1UL << QuotientShift) / Polynomial.Q) + 1; // exact for dividends below 2^22 (tested over all)

    /// <summary>12 bits each (ByteEncode12). In: [0, q).</summary>
    public static void Pack(Span<byte> bytes, ReadOnlySpan<int> polynomial)
    {
        unchecked
        {
            for (int i = 0, at = 0; i < Polynomial.Count; i += 2, at += 3)
            {
                var (low, high) = (polynomial[i], polynomial[i + 1]);
                bytes[at] = (byte)low;
                bytes[at + 1] = (byte)((low >> 8) | (high << 4));
                bytes[at + 2] = (byte)(high >> 4);
            }
        }
    }

    /// <summary>The inverse of <see cref="Pack"/>; false if a coefficient is not below q. Looks at all of them in any case.</summary>
    public static bool TryUnpack(Span<int> polynomial, ReadOnlySpan<byte> bytes)
    {
        var tooLarge = 0;
        for (int i = 0, at = 0; i < Polynomial.Count; i += 2, at += 3)
        {
            polynomial[i] = bytes[at] | ((bytes[at + 1] & 0x0f) << 8);
            polynomial[i + 1] = (bytes[at + 1] >> 4) | (bytes[at + 2] << 4);
            tooLarge |= (Polynomial.Q - 1 - polynomial[i]) | (Polynomial.Q - 1 - polynomial[i + 1]);
        }
        return tooLarge >= 0; // negative if one of the differences was
    }

    /// <summary>Compresses to 10 bits each. In: [0, q).</summary>
    public static void Compress10(Span<byte> bytes, ReadOnlySpan<int> polynomial)
    {
        unchecked
        {
            for (int i = 0, at = 0; i < Polynomial.Count; i += 4, at += 5)
            {
                var four = Compress(polynomial[i], 10) | (Compress(polynomial[i + 1], 10) << 10)
                    | (Compress(polynomial[i + 2], 10) << 20) | (Compress(polynomial[i + 3], 10) << 30);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], (uint)four);
                bytes[at + 4] = (byte)(four >> 32);
            }
        }
    }

    /// <summary>The inverse of <see cref="Compress10"/>, as near as it goes.</summary>
    public static void Decompress10(Span<int> polynomial, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0, at = 0; i < Polynomial.Count; i += 4, at += 5)
        {
            var four = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) | ((ulong)bytes[at + 4] << 32);
            for (var j = 0; j < 4; j++)
                polynomial[i + j] = (((int)((four >> (10 * j)) & 0x3ff) * Polynomial.Q) + (1 << 9)) >> 10;
        }
    }

    /// <summary>Compresses to 4 bits each. In: [0, q).</summary>
    public static void Compress4(Span<byte> bytes, ReadOnlySpan<int> polynomial)
    {
        for (var i = 0; i < Polynomial.Count; i += 2)
            bytes[i / 2] = (byte)(Compress(polynomial[i], 4) | (Compress(polynomial[i + 1], 4) << 4));
    }

    /// <summary>The inverse of <see cref="Compress4"/>, as near as it goes.</summary>
    public static void Decompress4(Span<int> polynomial, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < Polynomial.Count; i += 2)
        {
            polynomial[i] = (((bytes[i / 2] & 0x0f) * Polynomial.Q) + (1 << 3)) >> 4;
            polynomial[i + 1] = (((bytes[i / 2] >> 4) * Polynomial.Q) + (1 << 3)) >> 4;
        }
    }

    /// <summary>One bit each: is the coefficient nearer to q/2 than to 0? In: [0, q).</summary>
    public static void CompressMessage(Span<byte> message, ReadOnlySpan<int> polynomial)
    {
        message[..MessageSize].Clear();
        for (var i = 0; i < Polynomial.Count; i++)
            message[i / 8] |= (byte)(Compress(polynomial[i], 1) << (i % 8));
    }

    /// <summary>Adds q/2, rounded up, where the message has a bit; by multiplication, without a branch.</summary>
    public static void AddMessage(Span<int> polynomial, ReadOnlySpan<byte> message)
    {
        for (var i = 0; i < Polynomial.Count; i++)
            polynomial[i] += ((message[i / 8] >> (i % 8)) & 1) * ((Polynomial.Q + 1) / 2);
    }

    /// <summary>Coefficients in [-2, 2]: the difference of two sums of two bits (algorithm 8, η = 2), from 128 bytes.</summary>
    public static void SampleBinomial(Span<int> polynomial, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0, at = 0; i < Polynomial.Count; i += 8, at += 4)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            var sums = (bits & 0x55555555) + ((bits >> 1) & 0x55555555);
            for (var j = 0; j < 8; j++)
                polynomial[i + j] = (int)((sums >> (4 * j)) & 3) - (int)((sums >> ((4 * j) + 2)) & 3);
        }
    }

    /// <summary>A uniform polynomial of the NTT domain from a public seed and place, by rejection (algorithm 7).</summary>
    public static void SampleUniform(Span<int> polynomial, ReadOnlySpan<byte> seed, int column, int row, Span<ulong> scratch)
    {
        ReadOnlySpan<byte> place = [(byte)column, (byte)row];
        Span<byte> block = stackalloc byte[Keccak.Shake128Rate];
        var stream = Keccak.StartShake128(seed, place, scratch);
        var count = 0;
        while (count < Polynomial.Count)
        {
            stream.Squeeze(block);
            for (var at = 0; at < block.Length && count < Polynomial.Count; at += 3)
            {
                var first = block[at] | ((block[at + 1] & 0x0f) << 8);
                var second = (block[at + 1] >> 4) | (block[at + 2] << 4);
                if (first < Polynomial.Q)
                    polynomial[count++] = first;
                if (second < Polynomial.Q && count < Polynomial.Count)
                    polynomial[count++] = second;
            }
        }
    }

    /// <summary>round(x · 2^bits / q) mod 2^bits, for x in [0, q).</summary>
    internal static ulong Compress(int x, int bits) => unchecked(
        ((((((ulong)x << bits) + (Polynomial.Q / 2)) * QuotientFactor) >> QuotientShift) & ((1UL << bits) - 1)));
}
