using System.Buffers.Binary;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Tests.Support;

/// <summary>Repeatable randomness for tests and vectors: SHA-256 over seed and counter.</summary>
internal sealed class SeededRandom(int seed) : RandomSource
{
    private ulong _counter;

    public override void Fill(Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[12];
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteInt32BigEndian(input, seed);
            BinaryPrimitives.WriteUInt64BigEndian(input[4..], _counter++);
            _ = SHA256.HashData(input, block);
            var size = Math.Min(block.Length, destination.Length);
            block[..size].CopyTo(destination);
            destination = destination[size..];
        }
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public int Below(int limit) => (int)Next((uint)limit);
}
