using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>Deterministic randomness: BLAKE2b of a seed and a counter.</summary>
internal sealed class TestRandom : RandomSource
{
    private readonly byte[] _seed = new byte[8];
    private ulong _counter;

    public TestRandom(ulong seed = 1) => BinaryPrimitives.WriteUInt64BigEndian(_seed, seed);

    public override void Fill(Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[64];
        Span<byte> counter = stackalloc byte[8];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64BigEndian(counter, _counter++);
            Blake2b.Hash(block, counter, _seed);
            var size = Math.Min(block.Length, destination.Length);
            block[..size].CopyTo(destination);
            destination = destination[size..];
        }
    }

    public int Next(int limit) => limit <= 1 ? 0 : (int)Next((uint)limit);
}
