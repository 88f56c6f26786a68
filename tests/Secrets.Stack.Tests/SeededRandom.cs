using System.Buffers.Binary;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack.Tests;

/// <summary>Randomness that is the same every time: SHA-256 of seed and counter.</summary>
internal sealed class SeededRandom(int seed) : RandomSource
{
    private readonly byte[] _input = new byte[8];
    private uint _counter;

    public override void Fill(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32BigEndian(_input, seed);
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_input.AsSpan(4), _counter++);
            var block = SHA256.HashData(_input).AsSpan();
            block = block[..Math.Min(block.Length, destination.Length)];
            block.CopyTo(destination);
            destination = destination[block.Length..];
        }
    }

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }
}
