namespace Secrets.Transport.Tests.Support;

/// <summary>Feeds a decoder 3,000 inputs: the seeds, cut, lengthened, with bits flipped and bytes replaced, and random bytes.</summary>
internal static class Fuzzing
{
    private const int Count = 3_000;

    public delegate void Decoder(byte[] bytes);

    public static void Run(byte[][] seeds, Decoder decode)
    {
        var random = new SeededRandom(4_711);
        for (var i = 0; i < Count; i++)
        {
            var seed = seeds[i % seeds.Length];
            var bytes = (random.Below(6)) switch
            {
                0 => seed[..random.Below(seed.Length + 1)],
                1 => [.. seed, .. random.Bytes(1 + random.Below(8))],
                2 => random.Bytes(random.Below(600)),
                _ => Mutate(seed, random),
            };
            decode(bytes);
        }
    }

    private static byte[] Mutate(byte[] seed, SeededRandom random)
    {
        var bytes = seed.ToArray();
        // the first bytes decide most: hit them more often
        var range = random.Below(2) == 0 ? Math.Min(16, bytes.Length) : bytes.Length;
        for (var n = 1 + random.Below(4); n > 0; n--)
            bytes[random.Below(range)] = random.Below(2) == 0 ? (byte)random.Below(256) : (byte)(0xff * random.Below(2));
        return bytes;
    }
}
