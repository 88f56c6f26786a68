namespace Secrets.Crypto.Tests;

/// <summary>The points of small order of both forms of the curve, in every encoding, and a point of mixed order.</summary>
internal static class SmallOrder
{
    public static IReadOnlyList<byte[]> X25519 { get; } = WithHighBit(
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    public static IReadOnlyList<byte[]> Ed25519 { get; } = WithHighBit(
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    /// <summary>5·B plus a point of order 8: on the curve, not of small order, not in the prime-order group.</summary>
    public static byte[] MixedOrder { get; } = Convert.FromHexString("131604d01865fbedf9f662d25311c68a197cf286f2683724873a147fed6ada35");

    /// <summary>5·B alone.</summary>
    public static byte[] PrimeOrder { get; } = Convert.FromHexString("edc876d6831fd2105d0b4389ca2e283166469289146e2ce06faefe98b22548df");

    private static List<byte[]> WithHighBit(params string[] points)
    {
        var all = new List<byte[]>();
        foreach (var point in points)
        {
            all.Add(Convert.FromHexString(point));
            all.Add(Convert.FromHexString(point));
            all[^1][31] |= 0x80;
        }
        return all;
    }
}
