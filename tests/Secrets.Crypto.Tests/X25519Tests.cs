namespace Secrets.Crypto.Tests;

public sealed class X25519Tests
{
    [Fact]
    public void Published_agreements_give_their_secret_and_all_zero_results_are_refused()
    {
        // E-5
        var count = 0;
        var refused = 0;
        var shared = new byte[32];
        foreach (var test in Published.WycheproofCases("x25519"))
        {
            count++;
            using var key = X25519PrivateKey.FromBytes(test.Hex("private"));
            var agreed = X25519PublicKey.TryRead(test.Hex("public"), out var peer) && key.TryAgree(peer, shared);
            var isZero = !test.Hex("shared").AsSpan().ContainsAnyExcept((byte)0);
            Assert.True(agreed == !isZero, test.Case());
            if (agreed)
                Assert.Equal(test.Hex("shared"), shared);
            else
                refused++;
        }
        Assert.Equal(518, count);
        Assert.Equal(31, refused);
    }

    [Fact]
    public void Every_point_of_small_order_is_refused_and_leaves_zeros()
    {
        // E-5
        using var key = X25519PrivateKey.Generate(new SeededRandomForTestsOnly(1));
        foreach (var point in SmallOrder.X25519)
        {
            var shared = new byte[32];
            shared.AsSpan().Fill(0xaa);
            var agreed = X25519PublicKey.TryRead(point, out var peer) && key.TryAgree(peer, shared);
            Assert.False(agreed);
            Assert.False(key.TryAgree(peer, shared));
            Assert.Equal(new byte[32], shared);
        }
    }

    [Fact]
    public void Both_sides_agree_on_one_secret()
    {
        var random = new SeededRandomForTestsOnly(2);
        for (var i = 0; i < 50; i++)
        {
            using var one = X25519PrivateKey.Generate(random);
            using var other = X25519PrivateKey.Generate(random);
            var (first, second) = (new byte[32], new byte[32]);
            Assert.True(one.TryAgree(other.PublicKey, first));
            Assert.True(other.TryAgree(one.PublicKey, second));
            Assert.Equal(first, second);
        }
    }
}
