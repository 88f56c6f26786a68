namespace Secrets.Crypto.Tests;

/// <summary>Changed copies of bytes.</summary>
internal static class Flip
{
    public static IEnumerable<byte[]> EveryBit(byte[] source)
    {
        for (var bit = 0; bit < 8 * source.Length; bit++)
        {
            var changed = (byte[])source.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return changed;
        }
    }
}
