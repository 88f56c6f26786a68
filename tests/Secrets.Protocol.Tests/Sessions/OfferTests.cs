using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>Offer and meeting (decision 2, table B.2).</summary>
public sealed class OfferTests
{
    private const int EncapsulationKeyOffset = 2 + 32 + 2 + 4 + 64;

    [Fact]
    public void An_offer_reads_back_and_writes_the_same_bytes()
    {
        var pair = new SessionPair(1);

        Assert.Equal(OfferError.None, Offer.TryRead(pair.Offer.Bytes, out var read));
        Assert.Equal(pair.Offer.Bytes.ToArray(), read!.Bytes.ToArray());
        Assert.Equal(OfferKind.Link, read.Kind);
        Assert.Equal("Alice", read.Name);
        Assert.Equal([SessionPair.Relay], read.Relays);
        Assert.Equal("first link of the owner"u8.ToArray(), read.FirstLink.ToArray());
        Assert.Equal(pair.OwnerIdentity.PublicKey, read.IdentityKey);
        Assert.True(read.NotAfter <= SessionPair.Now.AddDays(10) && read.NotAfter > SessionPair.Now.AddDays(10).AddHours(-1));
    }

    [Fact]
    public void The_largest_offer_fits_a_box_and_a_bare_one_fits_a_session_message()
    {
        var random = new SeededRandomForTestsOnly(2);
        using var keys = OfferKeys.Generate(random);
        using var identity = X25519PrivateKey.Generate(random);
        var address = new string('a', RelayAddresses.MaxSize);

        var largest = Offer.Create(OfferKind.Link, SessionPair.Now, identity.PublicKey, keys, new byte[Offer.MaxFirstLinkSize], new string('n', 64), [address, address, address], random);
        var bare = Offer.Create(OfferKind.OwnDevice, SessionPair.Now, identity.PublicKey, keys, new byte[Offer.MaxFirstLinkSize], "", [], random);

        Assert.Equal(Offer.MaxSize, largest.Bytes.Length);
        Assert.True(largest.Bytes.Length <= BoxClass.Small.MaxBodySize);
        Assert.True(bare.Bytes.Length <= 1550);
    }

    [Fact]
    public void Decision_2_no_other_offer_can_stand_in_its_place()
    {
        var pair = new SessionPair(3);
        var bytes = pair.Offer.Bytes.ToArray();

        Assert.Equal(OfferError.None, Offer.TryAccept(pair.Secret, bytes, SessionPair.Now, out _));
        for (var i = 0; i < bytes.Length * 8; i += 7)
        {
            bytes[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Equal(OfferError.NotCommitted, Offer.TryAccept(pair.Secret, bytes, SessionPair.Now, out var taken));
            Assert.Null(taken);
            bytes[i / 8] ^= (byte)(1 << (i % 8));
        }
        Assert.Equal(OfferError.NotCommitted, Offer.TryAccept(pair.Secret, new SessionPair(4).Offer.Bytes, SessionPair.Now, out _));
    }

    [Fact]
    public void An_offer_to_the_end_of_time_is_too_long_and_nothing_worse()
    {
        var bytes = new SessionPair(5).Offer.Bytes.ToArray();
        bytes.AsSpan(2 + 32 + 2, 4).Fill(255);

        Assert.Equal(OfferError.None, Offer.TryRead(bytes, out var offer));
        Assert.Equal(OfferError.TooLong, offer!.CheckTime(SessionPair.Now));
    }

    [Fact]
    public void An_offer_is_good_for_its_time_and_at_most_14_days()
    {
        var pair = new SessionPair(5);

        Assert.Equal(OfferError.None, pair.Offer.CheckTime(pair.Offer.NotAfter + Offer.ClockSkew));
        Assert.Equal(OfferError.Expired, pair.Offer.CheckTime(pair.Offer.NotAfter + Offer.ClockSkew + TimeSpan.FromSeconds(1)));
        Assert.Equal(OfferError.None, pair.Offer.CheckTime(pair.Offer.NotAfter.AddDays(-14) - Offer.ClockSkew));
        Assert.Equal(OfferError.TooLong, pair.Offer.CheckTime(pair.Offer.NotAfter.AddDays(-14) - Offer.ClockSkew - TimeSpan.FromSeconds(1)));
        Assert.Equal(OfferError.Expired, Offer.TryAccept(pair.Secret, pair.Offer.Bytes, pair.Offer.NotAfter.AddDays(1), out _));
    }

    [Fact]
    public void E_6_an_encapsulation_key_that_is_not_reduced_is_refused()
    {
        var bytes = new SessionPair(6).Offer.Bytes.ToArray();
        bytes[EncapsulationKeyOffset] = 0xff;
        bytes[EncapsulationKeyOffset + 1] |= 0x0f;

        Assert.Equal(OfferError.BadKey, Offer.TryRead(bytes, out _));
    }

    [Fact]
    public void E_7_another_suite_is_refused_and_there_is_none_to_fall_back_to()
    {
        var bytes = new SessionPair(7).Offer.Bytes.ToArray();

        for (var suite = 0; suite < 300; suite++)
        {
            bytes[0] = (byte)(suite >> 8);
            bytes[1] = (byte)(suite & 0xff);
            Assert.Equal(suite == SessionSuite.Current ? OfferError.None : OfferError.OtherSuite, Offer.TryRead(bytes, out _));
        }
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("\u202Eevil")]
    [InlineData("\u2066isolate")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("\u001b[31m")]
    [InlineData("ääääääääääääääääääääääääääääääääää")]
    public void E_71_names_that_could_deceive_are_not_written(string name) => Assert.False(PersonName.IsValid(name));

    [Fact]
    public void E_71_half_a_character_is_not_written() => Assert.False(PersonName.IsValid("a" + (char)0xd800));

    [Theory]
    [InlineData("")]
    [InlineData("Zoë")]
    [InlineData("שרה")]
    [InlineData("👩‍🔬")]
    public void Names_of_people_are_written(string name) => Assert.True(PersonName.IsValid(name));

    [Fact]
    public void The_private_half_survives_its_store()
    {
        var pair = new SessionPair(8);
        var bytes = new byte[OfferKeys.Size];
        pair.OfferKeys.Export(bytes);
        using var again = OfferKeys.Import(bytes);

        Assert.Equal(AnswerError.None, OwnerAgreement.TryAccept(pair.Secret, pair.Offer, again, default, pair.OwnerIdentity, pair.Answer, out _, out _, out _));
    }

    [Fact]
    public void E_46_each_direction_and_secret_has_its_own_meeting_and_all_follow_from_S()
    {
        var pair = new SessionPair(9);
        using var other = new SessionPair(10).Secret;
        var channels = new[]
        {
            Meeting.DeriveOfferChannel(pair.Secret), Meeting.DeriveAnswerChannel(pair.Secret),
            Meeting.DeriveAnswerChannel(pair.Secret, Hash256.Of("a"u8)), Meeting.DeriveAnswerChannel(pair.Secret, Hash256.Of("b"u8)), Meeting.DeriveOfferChannel(other),
        };
        using var again = Meeting.DeriveOfferChannel(pair.Secret);

        Assert.All(channels, channel => Assert.Equal(1UL, channel.Index));
        Assert.Equal(channels.Length, channels.Select(Export).Distinct().Count());
        Assert.Equal(Export(channels[0]), Export(again));
    }

    [Fact]
    public void E_70_mutated_offers_give_only_named_errors()
    {
        var valid = new SessionPair(11).Offer.Bytes.ToArray();
        var random = new SeededRandomForTestsOnly(71);

        foreach (var bytes in Mutations.Of(valid, random, 4000))
        {
            var error = Offer.TryRead(bytes, out var offer);
            Assert.True(Enum.IsDefined(error));
            if (error == OfferError.None)
                Assert.Equal(bytes, offer!.Bytes.ToArray());
        }
    }

    private static string Export(WriteCapability capability)
    {
        var bytes = new byte[WriteCapability.Size];
        capability.ExportForVault(bytes);
        return Convert.ToHexString(bytes);
    }
}
