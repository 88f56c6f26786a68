using System.Reflection;

namespace Secrets.Crypto.Tests;

public sealed class RandomSourceTests
{
    [Fact]
    public void The_seeded_source_gives_the_known_stream_however_it_is_cut()
    {
        // SHA-256(seed ‖ u64be number), made with CPython's hashlib
        const string Expected = "e8dd943d366caae7beb706c6ae668eff0a257fc56edc27d7b2fa1c31bdf2eec14ff190b4c2c573ec";
        var whole = new byte[40];
        new SeededRandomForTestsOnly(7).Fill(whole);
        Assert.Equal(Expected, Convert.ToHexStringLower(whole));

        var pieces = new byte[40];
        var source = new SeededRandomForTestsOnly(new byte[] { 0, 0, 0, 0, 0, 0, 0, 7 });
        for (int at = 0, size = 1; at < pieces.Length; at += size, size = Math.Min(size + 2, pieces.Length - at))
            source.Fill(pieces.AsSpan(at, size));
        Assert.Equal(Expected, Convert.ToHexStringLower(pieces));
    }

    [Fact]
    public void The_systems_source_never_repeats_itself()
    {
        var seen = new HashSet<string>();
        var bytes = new byte[16];
        for (var i = 0; i < 1000; i++)
        {
            RandomSource.System.Fill(bytes);
            Assert.True(seen.Add(Convert.ToHexString(bytes)));
        }
    }

    [Fact]
    public void Numbers_are_uniform_below_their_limit()
    {
        var random = new SeededRandomForTestsOnly(1);
        var counts = new int[10];
        for (var i = 0; i < 10_000; i++)
            counts[random.Next(10)]++;
        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
        Assert.Equal(0u, random.Next(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(0));
    }

    [Fact]
    public void A_number_that_would_favour_the_low_ones_is_drawn_again()
    {
        // 2^32 mod 3 = 1, so the number 0 is the one too many
        Assert.Equal(2u, new FixedRandomSource(0, 0, 0, 0, 0, 0, 0, 5).Next(3));
    }

    [Fact]
    public void No_program_can_bring_a_source_of_its_own()
    {
        Assert.DoesNotContain(typeof(RandomSource).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), c => c.IsPublic || c.IsFamily || c.IsFamilyOrAssembly);
        Assert.All(
            typeof(RandomSource).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RandomSource))),
            type => Assert.False(type.IsVisible));
    }
}
