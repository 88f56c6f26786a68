using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>The bell (decision 9).</summary>
public sealed class BellTests : IDisposable
{
    private readonly SeededRandom _random = new(5);
    private readonly Ed25519PrivateKey _key = RelayKey(1);
    private readonly BellBuilder _builder;

    public BellTests() => _builder = new BellBuilder(Relay(1), 100, default, _random);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(0, 16, 172)]
    [InlineData(1, 16, 172)]
    [InlineData(16, 16, 172)]
    [InlineData(17, 32, 236)]
    [InlineData(200, 256, 1_132)]
    public void Prefixes_are_padded_to_a_power_of_two_and_at_least_16(int written, int count, int size)
    {
        var addresses = Enumerable.Range(0, written).Select(_ => Address(_random.Bytes(32))).ToList();
        foreach (var address in addresses)
            Assert.True(_builder.TryAdd(address));

        var bell = _builder.Ring(_key);

        Assert.Equal(count, bell.Prefixes.Length);
        Assert.Equal(size, bell.Encoded.Length);
        Assert.All(addresses, address => Assert.True(bell.MayHave(address)));
        Assert.False(bell.MayHave(Address(_random.Bytes(32))));
        Assert.Equal(0, _builder.Count);
    }

    [Fact]
    public void Nothing_tells_true_prefixes_from_padding()
    {
        for (var i = 0; i < 8; i++)
            Assert.True(_builder.TryAdd(Address(_random.Bytes(32))));

        var bell = _builder.Ring(_key);

        Assert.Equal(bell.Prefixes.ToArray().Order(), bell.Prefixes.ToArray());
    }

    [Fact]
    public void A_full_bell_takes_no_more_until_it_rings_E_71()
    {
        for (var i = 0; i < Bell.MaxCount; i++)
            Assert.True(_builder.TryAdd(Prefixed((uint)i)));

        Assert.True(_builder.TryAdd(Prefixed(7)));
        Assert.False(_builder.TryAdd(Prefixed(Bell.MaxCount)));
        Assert.Equal(Bell.MaxSize, _builder.Ring(_key).Encoded.Length);
        Assert.True(_builder.TryAdd(Prefixed(Bell.MaxCount)));
    }

    [Fact]
    public void Bells_that_follow_are_taken_and_a_gap_says_ask_for_everything()
    {
        var chain = new BellChain(_key.PublicKey);
        var bells = Enumerable.Range(0, 5).Select(_ => _builder.Ring(_key)).ToList();

        Assert.Equal(BellError.Gap, chain.TryAppend(bells[0]));
        Assert.Equal(BellError.None, chain.TryAppend(bells[1]));
        Assert.Equal(BellError.Old, chain.TryAppend(bells[1]));
        Assert.Equal(BellError.Old, chain.TryAppend(bells[0]));
        Assert.Equal(BellError.Gap, chain.TryAppend(bells[3]));
        Assert.Equal(BellError.None, chain.TryAppend(bells[4]));
        Assert.Equal((104UL, bells[4].Hash), (chain.LastNumber, chain.LastHash));
        Assert.Equal(bells[3].Hash, bells[4].Previous);
    }

    [Fact]
    public void A_relay_that_rings_differently_for_different_people_is_found_E_39()
    {
        var chain = new BellChain(_key.PublicKey);
        Assert.Equal(BellError.Gap, chain.TryAppend(_builder.Ring(_key)));
        var other = new BellBuilder(Relay(1), 100, default, new SeededRandom(6));
        var sameNumber = other.Ring(_key);
        var successor = other.Ring(_key);

        Assert.Equal(BellError.Fork, chain.TryAppend(sameNumber));
        Assert.Equal(BellError.Fork, chain.TryAppend(successor));
        Assert.Equal(100UL, chain.LastNumber);
        Assert.Equal(BellError.None, chain.TryAppend(_builder.Ring(_key)));
    }

    [Fact]
    public void A_bell_that_the_relay_did_not_sign_changes_nothing()
    {
        using var stranger = RelayKey(2);
        var chain = new BellChain(_key.PublicKey);

        Assert.Equal(BellError.SignatureInvalid, chain.TryAppend(_builder.Ring(stranger)));
        Assert.Equal(0UL, chain.LastNumber);
        var bytes = _builder.Ring(_key).Encoded.ToArray();
        Assert.Equal(BellError.None, Bell.TryRead(bytes, Relay(2), out var ofAnotherRelay));
        Assert.Equal(BellError.SignatureInvalid, chain.TryAppend(ofAnotherRelay!));
    }

    [Fact]
    public void Damaged_bells_are_refused_for_their_reason()
    {
        var bytes = _builder.Ring(_key).Encoded.ToArray();

        Assert.Equal(BellError.FormatUnknown, Read(bytes, 0, 2));
        Assert.Equal(BellError.FormatUnknown, Read(bytes, 1, 3));
        Assert.Equal(BellError.FormatUnknown, Read(bytes, 1, 16));
        Assert.Equal(BellError.WrongSize, Read(bytes, 1, 5));
        Assert.Equal(BellError.FormatUnknown, Read(bytes, 2, 1));
        Assert.Equal(BellError.NotAscending, Read(bytes, 44, 0xff));
        Assert.Equal(BellError.WrongSize, Bell.TryRead(bytes.AsSpan(0, 171), Relay(1), out _));
        Assert.Equal(BellError.WrongSize, Bell.TryRead((byte[])[.. bytes, 0], Relay(1), out _));
        Assert.Equal(BellError.WrongSize, Bell.TryRead([], Relay(1), out _));
    }

    private static BellError Read(byte[] bytes, int offset, byte value)
    {
        var copy = bytes.ToArray();
        copy[offset] = value;
        return Bell.TryRead(copy, Relay(1), out _);
    }

    private static BoxAddress Prefixed(uint prefix)
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, prefix);
        return Address(bytes);
    }
}
