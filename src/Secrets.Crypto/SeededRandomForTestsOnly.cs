using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>A source whose bytes follow from a seed, for vectors and the simulated world: SHA-256(seed ‖ u64be block number), block after block.</summary>
/// <remarks>Internal, so that no program can pass it. Not for two threads at once. Spec: docs/protocol/conventions.md §7.</remarks>
internal sealed class SeededRandomForTestsOnly : RandomSource
{
    private readonly byte[] _input;
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private ulong _number;
    private int _used = SHA256.HashSizeInBytes;

    /// <summary>The stream of this seed, of any length.</summary>
    public SeededRandomForTestsOnly(ReadOnlySpan<byte> seed)
    {
        _input = new byte[seed.Length + sizeof(ulong)];
        seed.CopyTo(_input);
    }

    /// <summary>The stream of a number: its 8 bytes, big-endian, are the seed.</summary>
    public SeededRandomForTestsOnly(ulong seed)
    {
        _input = new byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(_input, seed);
    }

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_used == _block.Length)
            {
                BinaryPrimitives.WriteUInt64BigEndian(_input.AsSpan(_input.Length - sizeof(ulong)), _number++);
                _ = SHA256.HashData(_input, _block);
                _used = 0;
            }
            var count = Math.Min(destination.Length, _block.Length - _used);
            _block.AsSpan(_used, count).CopyTo(destination);
            destination = destination[count..];
            _used += count;
        }
    }
}
