using Secrets.Crypto;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>Changed copies of a valid input, and random bytes, for the decoders' fuzz tests.</summary>
internal static class Mutations
{
    public static IEnumerable<byte[]> Of(byte[] valid, RandomSource random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var bytes = (i % 5) switch
            {
                0 => Random(random, (int)random.Next((uint)valid.Length + 40)),
                1 => valid[..(int)random.Next((uint)valid.Length)],
                2 => [.. valid, .. Random(random, 1 + (int)random.Next(9))],
                _ => (byte[])valid.Clone(),
            };
            for (var changes = random.Next(5); changes > 0 && bytes.Length > 0; changes--)
            {
                // the first and the last bytes hold the lengths
                var near = random.Next(2) == 0 ? Math.Min(64, bytes.Length) : bytes.Length;
                var at = (int)random.Next((uint)near);
                bytes[random.Next(2) == 0 ? at : bytes.Length - 1 - at] = (byte)random.Next(256);
            }
            yield return bytes;
        }
    }

    private static byte[] Random(RandomSource random, int size)
    {
        var bytes = new byte[size];
        random.Fill(bytes);
        if (size > 1)
        {
            bytes[0] = 0;
            bytes[1] = 1;
        }
        return bytes;
    }
}
