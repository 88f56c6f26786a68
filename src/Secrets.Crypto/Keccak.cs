using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>SHA-3 and SHAKE: the sponge over Keccak-f[1600], on 25 lanes of the caller's scratch.</summary>
/// <remarks>
/// FIPS 202. .NET has these hashes only where OpenSSL has them, and nowhere in the browser; ML-KEM needs them everywhere.
/// No branch and no index depends on the bytes hashed. The owner of the scratch wipes it.
/// </remarks>
internal ref struct Keccak
{
    /// <summary>Lanes of 64 bits in the state.</summary>
    public const int Lanes = 25;

    /// <summary>Bytes of a block of SHAKE128.</summary>
    public const int Shake128Rate = 168;

    /// <summary>Bytes of a block of SHAKE256 and of SHA3-256.</summary>
    public const int Shake256Rate = 136;

    private const int Sha3Wide512Rate = 72;
    private const byte HashSuffix = 0x06;
    private const byte ShakeSuffix = 0x1f;
    private const int LaneSize = sizeof(ulong);

    private readonly Span<ulong> _state;
    private readonly int _rate;
    private int _position;

    private Keccak(Span<ulong> state, int rate)
    {
        _state = state[..Lanes];
        _state.Clear();
        _rate = rate;
    }

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>SHA3-256 of two pieces.</summary>
    public static void Sha3With256Bits(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<ulong> scratch) =>
        Hash(hash[..32], first, second, scratch, Shake256Rate, HashSuffix);

    /// <summary>SHA3-512 of two pieces.</summary>
    public static void Sha3With512Bits(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<ulong> scratch) =>
        Hash(hash[..64], first, second, scratch, Sha3Wide512Rate, HashSuffix);

    /// <summary>SHAKE256 of two pieces, as many bytes as the output has.</summary>
    public static void Shake256(Span<byte> output, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<ulong> scratch) =>
        Hash(output, first, second, scratch, Shake256Rate, ShakeSuffix);

    /// <summary>SHAKE128 of two pieces, ready to be read by <see cref="Squeeze"/>.</summary>
    public static Keccak StartShake128(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<ulong> scratch)
    {
        var sponge = new Keccak(scratch, Shake128Rate);
        sponge.Absorb(first);
        sponge.Absorb(second);
        sponge.Pad(ShakeSuffix);
        return sponge;
    }

    /// <summary>The next bytes of the output.</summary>
    public void Squeeze(Span<byte> output)
    {
        while (!output.IsEmpty)
        {
            if (_position == _rate)
            {
                Permute(_state);
                _position = 0;
            }
            if (_position % LaneSize == 0 && output.Length >= LaneSize)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(output, _state[_position / LaneSize]);
                output = output[LaneSize..];
                _position += LaneSize;
            }
            else
            {
                output[0] = (byte)((_state[_position / LaneSize] >> (8 * (_position % LaneSize))) & 0xff);
                output = output[1..];
                _position++;
            }
        }
    }

    private static void Hash(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<ulong> scratch, int rate, byte suffix)
    {
        var sponge = new Keccak(scratch, rate);
        sponge.Absorb(first);
        sponge.Absorb(second);
        sponge.Pad(suffix);
        sponge.Squeeze(hash);
    }

    private void Absorb(ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            if (_position % LaneSize == 0 && input.Length >= LaneSize)
            {
                _state[_position / LaneSize] ^= BinaryPrimitives.ReadUInt64LittleEndian(input);
                input = input[LaneSize..];
                _position += LaneSize;
            }
            else
            {
                _state[_position / LaneSize] ^= (ulong)input[0] << (8 * (_position % LaneSize));
                input = input[1..];
                _position++;
            }
            if (_position == _rate)
            {
                Permute(_state);
                _position = 0;
            }
        }
    }

    private void Pad(byte suffix)
    {
        _state[_position / LaneSize] ^= (ulong)suffix << (8 * (_position % LaneSize));
        _state[(_rate / LaneSize) - 1] ^= 0x80UL << 56;
        Permute(_state);
        _position = 0;
    }

    private static void Permute(Span<ulong> state)
    {
        Span<ulong> other = stackalloc ulong[Lanes];
        var constants = RoundConstants;
        for (var i = 0; i < constants.Length; i += 2)
        {
            Round(state, other, constants[i]);
            Round(other, state, constants[i + 1]);
        }
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(other));
    }

    private static void Round(ReadOnlySpan<ulong> a, Span<ulong> b, ulong constant)
    {
        _ = a[Lanes - 1]; // one check of the bounds for all
        _ = b[Lanes - 1];

        // theta
        var c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
        var c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
        var c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
        var c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
        var c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
        var d0 = c4 ^ BitOperations.RotateLeft(c1, 1);
        var d1 = c0 ^ BitOperations.RotateLeft(c2, 1);
        var d2 = c1 ^ BitOperations.RotateLeft(c3, 1);
        var d3 = c2 ^ BitOperations.RotateLeft(c4, 1);
        var d4 = c3 ^ BitOperations.RotateLeft(c0, 1);

        // rho and pi: which lane comes where, turned by how much
        var r0 = a[0] ^ d0;
        var r1 = BitOperations.RotateLeft(a[6] ^ d1, 44);
        var r2 = BitOperations.RotateLeft(a[12] ^ d2, 43);
        var r3 = BitOperations.RotateLeft(a[18] ^ d3, 21);
        var r4 = BitOperations.RotateLeft(a[24] ^ d4, 14);
        b[0] = r0 ^ (~r1 & r2) ^ constant; // chi, and iota in lane 0
        b[1] = r1 ^ (~r2 & r3);
        b[2] = r2 ^ (~r3 & r4);
        b[3] = r3 ^ (~r4 & r0);
        b[4] = r4 ^ (~r0 & r1);
        Chi(b[5..], BitOperations.RotateLeft(a[3] ^ d3, 28), BitOperations.RotateLeft(a[9] ^ d4, 20), BitOperations.RotateLeft(a[10] ^ d0, 3), BitOperations.RotateLeft(a[16] ^ d1, 45), BitOperations.RotateLeft(a[22] ^ d2, 61));
        Chi(b[10..], BitOperations.RotateLeft(a[1] ^ d1, 1), BitOperations.RotateLeft(a[7] ^ d2, 6), BitOperations.RotateLeft(a[13] ^ d3, 25), BitOperations.RotateLeft(a[19] ^ d4, 8), BitOperations.RotateLeft(a[20] ^ d0, 18));
        Chi(b[15..], BitOperations.RotateLeft(a[4] ^ d4, 27), BitOperations.RotateLeft(a[5] ^ d0, 36), BitOperations.RotateLeft(a[11] ^ d1, 10), BitOperations.RotateLeft(a[17] ^ d2, 15), BitOperations.RotateLeft(a[23] ^ d3, 56));
        Chi(b[20..], BitOperations.RotateLeft(a[2] ^ d2, 62), BitOperations.RotateLeft(a[8] ^ d3, 55), BitOperations.RotateLeft(a[14] ^ d4, 39), BitOperations.RotateLeft(a[15] ^ d0, 41), BitOperations.RotateLeft(a[21] ^ d1, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chi(Span<ulong> row, ulong r0, ulong r1, ulong r2, ulong r3, ulong r4)
    {
        row[4] = r4 ^ (~r0 & r1);
        row[0] = r0 ^ (~r1 & r2);
        row[1] = r1 ^ (~r2 & r3);
        row[2] = r2 ^ (~r3 & r4);
        row[3] = r3 ^ (~r4 & r0);
    }
}
