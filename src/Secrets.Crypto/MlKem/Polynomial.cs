using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Secrets.Crypto.MlKem;

/// <summary>Arithmetic on ML-KEM's polynomials: 256 coefficients modulo q = 3329, one in each <see cref="int"/>.</summary>
/// <remarks>
/// FIPS 203 §4.3, in portable vectors. Coefficients are any representative modulo q; the bounds are named at each method and leave
/// 32-bit integers room everywhere. Constant time: no branch, index or division depends on a coefficient.
/// Montgomery's R = 2^16: multiplying two numbers gives a·b/R, so constants are kept multiplied by R.
/// </remarks>
internal static class Polynomial
{
    /// <summary>Coefficients of a polynomial.</summary>
    public const int Count = 256;

    /// <summary>The modulus.</summary>
    public const int Q = 3329;

    private const int InverseQ = -3327;       // 1/q mod 2^16
    private const int SquareR = 1353;         // R^2 mod q
    private const int SquareROver128 = 1441;  // R^2/128 mod q
    private const int BarrettFactor = 20159;  // 2^26/q, rounded
    private const int BarrettShift = 26;

    // R · 17^(bits of k reversed) mod q, centred
    private static ReadOnlySpan<int> Zetas =>
    [
        -1044, -758, -359, -1517, 1493, 1422, 287, 202, -171, 622, 1577, 182, 962, -1202, -1474, 1468,
        573, -1325, 264, 383, -829, 1458, -1602, -130, -681, 1017, 732, 608, -1542, 411, -205, -1571,
        1223, 652, -552, 1015, -1293, 1491, -282, -1544, 516, -8, -320, -666, -1618, -1162, 126, 1469,
        -853, -90, -271, 830, 107, -1421, -247, -951, -398, 961, -1508, -725, 448, -1065, 677, -1275,
        -1103, 430, 555, 843, -1251, 871, 1550, 105, 422, 587, 177, -235, -291, -460, 1574, 1653,
        -246, 778, 1159, -147, -777, 1483, -602, 1119, -1590, 644, -872, 349, 418, 329, -156, -75,
        817, 1097, 603, 610, 1322, -1285, -1465, 384, -1215, -136, 1218, -1335, -874, 220, -1187, -1659,
        -1185, -1530, -1278, 794, -1510, -854, -870, 478, -108, -308, 996, 991, 958, -1460, 1522, 1628,
    ];

    /// <summary>To the NTT domain (algorithm 9), in place. Coefficients in: at most q in size; out: centred.</summary>
    public static void Ntt(Span<int> polynomial)
    {
        unchecked
        {
            var k = 1;
            var wide = MemoryMarshal.Cast<int, Vector256<int>>(polynomial);
            for (var length = 16; length >= 1; length /= 2) // in vectors of 8: 128 .. 8 coefficients
            {
                for (var start = 0; start < wide.Length; start += 2 * length)
                {
                    var zeta = Vector256.Create(Zetas[k++]);
                    for (var j = start; j < start + length; j++)
                    {
                        var t = MontgomeryReduce(wide[j + length] * zeta);
                        wide[j + length] = wide[j] - t;
                        wide[j] += t;
                    }
                }
            }
            for (var j = 0; j < wide.Length; j++) // 4 coefficients
            {
                var t = MontgomeryReduce(wide[j].GetUpper() * Vector128.Create(Zetas[k++]));
                wide[j] = Vector256.Create(wide[j].GetLower() + t, wide[j].GetLower() - t);
            }
            for (var j = 0; j < wide.Length; j++, k += 2) // 2 coefficients: a a b b | c c d d
            {
                var low = Vector128.Create(wide[j].GetLower().GetLower(), wide[j].GetUpper().GetLower());
                var high = Vector128.Create(wide[j].GetLower().GetUpper(), wide[j].GetUpper().GetUpper());
                var t = MontgomeryReduce(high * Vector128.Create(Zetas[k], Zetas[k], Zetas[k + 1], Zetas[k + 1]));
                var (sum, difference) = (low + t, low - t);
                wide[j] = BarrettReduce(Vector256.Create(
                    Vector128.Create(sum.GetLower(), difference.GetLower()),
                    Vector128.Create(sum.GetUpper(), difference.GetUpper())));
            }
        }
    }

    /// <summary>From the NTT domain (algorithm 10), in place, and times R: the missing factor of <see cref="Multiply"/>. In: at most q; out: centred.</summary>
    public static void InverseNtt(Span<int> polynomial)
    {
        unchecked
        {
            var k = (Count / 2) - 1;
            var wide = MemoryMarshal.Cast<int, Vector256<int>>(polynomial);
            for (var j = 0; j < wide.Length; j++, k -= 2)
            {
                var low = Vector128.Create(wide[j].GetLower().GetLower(), wide[j].GetUpper().GetLower());
                var high = Vector128.Create(wide[j].GetLower().GetUpper(), wide[j].GetUpper().GetUpper());
                var sum = low + high;
                var difference = MontgomeryReduce((high - low) * Vector128.Create(Zetas[k], Zetas[k], Zetas[k - 1], Zetas[k - 1]));
                wide[j] = Vector256.Create(
                    Vector128.Create(sum.GetLower(), difference.GetLower()),
                    Vector128.Create(sum.GetUpper(), difference.GetUpper()));
            }
            for (var j = 0; j < wide.Length; j++)
            {
                var (low, high) = (wide[j].GetLower(), wide[j].GetUpper());
                wide[j] = Vector256.Create(low + high, MontgomeryReduce((high - low) * Vector128.Create(Zetas[k--])));
            }
            for (var length = 1; length <= 16; length *= 2) // sums double in each of 7 layers: at most 128 q, products below 2^30
            {
                for (var start = 0; start < wide.Length; start += 2 * length)
                {
                    var zeta = Vector256.Create(Zetas[k--]);
                    for (var j = start; j < start + length; j++)
                    {
                        var t = wide[j];
                        wide[j] = t + wide[j + length];
                        wide[j + length] = MontgomeryReduce((wide[j + length] - t) * zeta);
                    }
                }
            }
            foreach (ref var v in wide)
                v = BarrettReduce(MontgomeryReduce(v * SquareROver128));
        }
    }

    /// <summary>Prepares the right factor of <see cref="Multiply"/>: of each pair (b0, b1) the pair (b1·γ, b0). In: centred.</summary>
    public static void Twist(Span<int> twisted, ReadOnlySpan<int> polynomial)
    {
        unchecked
        {
            for (var i = 0; i < Count; i += 4)
            {
                var gamma = Zetas[(Count / 4) + (i / 4)];
                twisted[i] = MontgomeryReduce(polynomial[i + 1] * gamma);
                twisted[i + 1] = polynomial[i];
                twisted[i + 2] = MontgomeryReduce(polynomial[i + 3] * -gamma);
                twisted[i + 3] = polynomial[i + 2];
            }
        }
    }

    /// <summary>Adds a∘b in the NTT domain to the sum, not yet reduced (algorithms 11 and 12). a: at most q; b: centred; at most 3 products.</summary>
    public static void Multiply(Span<int> sum, ReadOnlySpan<int> a, ReadOnlySpan<int> b, ReadOnlySpan<int> twistedB)
    {
        unchecked
        {
            var sums = MemoryMarshal.Cast<int, Vector256<int>>(sum);
            var left = MemoryMarshal.Cast<int, Vector256<int>>(a);
            var right = MemoryMarshal.Cast<int, Vector256<int>>(b);
            var twisted = MemoryMarshal.Cast<int, Vector256<int>>(twistedB);
            for (var i = 0; i < sums.Length; i++)
            {
                var even = Vector256.Shuffle(left[i], Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6));
                var odd = Vector256.Shuffle(left[i], Vector256.Create(1, 1, 3, 3, 5, 5, 7, 7));
                sums[i] += (even * right[i]) + (odd * twisted[i]);
            }
        }
    }

    /// <summary>Reduces a sum of products to sum/R, at most q in size: ready for <see cref="InverseNtt"/>.</summary>
    public static void ReduceSum(Span<int> sum)
    {
        foreach (ref var v in MemoryMarshal.Cast<int, Vector256<int>>(sum))
            v = MontgomeryReduce(v);
    }

    /// <summary>Reduces a sum of products to the sum itself, at most q in size: what stays in the NTT domain.</summary>
    public static void ReduceSumInDomain(Span<int> sum)
    {
        foreach (ref var v in MemoryMarshal.Cast<int, Vector256<int>>(sum))
            v = MontgomeryReduce(unchecked(MontgomeryReduce(v) * SquareR));
    }

    /// <summary>a += b.</summary>
    public static void Add(Span<int> a, ReadOnlySpan<int> b)
    {
        var left = MemoryMarshal.Cast<int, Vector256<int>>(a);
        var right = MemoryMarshal.Cast<int, Vector256<int>>(b);
        for (var i = 0; i < left.Length; i++)
            left[i] += right[i];
    }

    /// <summary>a = b - a.</summary>
    public static void SubtractFrom(Span<int> a, ReadOnlySpan<int> b)
    {
        var left = MemoryMarshal.Cast<int, Vector256<int>>(a);
        var right = MemoryMarshal.Cast<int, Vector256<int>>(b);
        for (var i = 0; i < left.Length; i++)
            left[i] = right[i] - left[i];
    }

    /// <summary>Makes every coefficient the representative in [0, q). In: at most 30 q in size.</summary>
    public static void Normalize(Span<int> polynomial)
    {
        unchecked
        {
            foreach (ref var v in MemoryMarshal.Cast<int, Vector256<int>>(polynomial))
            {
                var centred = BarrettReduce(v);
                v = centred + ((centred >> 31) & Vector256.Create(Q));
            }
        }
    }

    /// <summary>x/R mod q, in size at most |x|/2^16 + q/2. In: below 2^30.</summary>
    private static int MontgomeryReduce(int x) => unchecked((x - ((short)(x * InverseQ) * Q)) >> 16);

    private static Vector128<int> MontgomeryReduce(Vector128<int> x) => unchecked(
        (x - (((x * InverseQ) << 16 >> 16) * Q)) >> 16);

    private static Vector256<int> MontgomeryReduce(Vector256<int> x) => unchecked(
        (x - (((x * InverseQ) << 16 >> 16) * Q)) >> 16);

    /// <summary>x mod q in [-q/2, q/2]. In: at most 30 q in size.</summary>
    private static Vector256<int> BarrettReduce(Vector256<int> x) => unchecked(
        x - ((((x * BarrettFactor) + Vector256.Create(1 << (BarrettShift - 1))) >> BarrettShift) * Q));
}
