using Secrets.Crypto;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>Feeds a decoder seeds that were cut, lengthened or changed, the seeds themselves, and random bytes.</summary>
internal static class Mutation
{
    public static void Run(byte[][] seeds, int count, Action<byte[]> decode)
    {
        var random = new SeededRandomForTestsOnly(4_242);
        foreach (var seed in seeds)
            decode(seed);
        for (var i = 0; i < count; i++)
            decode(Mutate(seeds[i % seeds.Length], random));
    }

    private static byte[] Mutate(byte[] seed, RandomSource random)
    {
        switch (random.Next(6))
        {
            case 0:
                return seed[..(int)random.Next((uint)seed.Length + 1)];
            case 1:
                return [.. seed, .. Bytes(1 + random.Next(8), random)];
            case 2:
                return Bytes(random.Next(400), random);
            default:
                var bytes = seed.ToArray();
                for (var n = 1 + random.Next(3); n > 0 && bytes.Length > 0; n--)
                    bytes[random.Next((uint)bytes.Length)] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
                return bytes;
        }
    }

    private static byte[] Bytes(uint count, RandomSource random)
    {
        var bytes = new byte[count];
        random.Fill(bytes);
        return bytes;
    }
}
