using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;
using static Secrets.Protocol.Tests.Chats.ChatFixture;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>Content messages: header, heads, reply, riders (decision 6, table B.3).</summary>
public sealed class ContentTests
{
    [Fact]
    public void Table_B_3_sizes_are_as_decided()
    {
        Assert.Equal(78, ContentHeader.Size);
        Assert.Equal(1_526, ContentSizes.MaxSaidBody(ContentCarrier.Session));
        Assert.Equal(3_830, ContentSizes.MaxSaidBody(ContentCarrier.DataBox));
        Assert.Equal(1_574, ContentSizes.SessionControlBody);
        Assert.Equal(Session.MaxPlaintextSize, ContentSizes.SessionContent);
        Assert.Equal(ContentSizes.DataBoxContent, BoxClass.Small.MaxBodySize);
        Assert.Equal(AttachmentChunk.SealedSize, BoxClass.Large.MaxBodySize);
        Assert.Equal(12_048, TextSplitter.MaxSize(ContentCarrier.Session));
        Assert.Equal(30_480, TextSplitter.MaxSize(ContentCarrier.DataBox));
    }

    [Theory]
    [InlineData(ContentCarrier.Session)]
    [InlineData(ContentCarrier.DataBox)]
    public void A_message_is_read_as_it_was_written(ContentCarrier carrier)
    {
        var log = new SendingLog(Channel(1), 7, carrier);
        var seen = MessageSecret.Generate(Random(9));
        using var draft = ContentDraft.Create(Text("Noodles at one?"), Time(), expirySeconds: 60, heads: [seen], replyTo: seen);
        Assert.True(draft.TryAddRider(new TrustLeaseMessage(Noon), carrier));
        var bytes = new byte[ContentSizes.MaxContent(carrier)];
        var written = log.Write(draft, 5, Random(1), bytes);

        Assert.Equal(MessageError.None, ContentMessage.TryRead(bytes.AsSpan(0, written.Length), carrier, out var message));
        Assert.Equal((MessageType.Text, 0UL, 5u, 60u), (message.Header.Type, message.Header.Number, message.Header.Generation, message.Header.ExpirySeconds));
        Assert.Equal(written.Secret, message.Header.Secret);
        Assert.Equal(default, message.Header.Previous);
        Assert.Equal("Noodles at one?"u8, message.Body);
        Assert.True(message.Names(seen));
        Assert.True(message.IsReplyTo(seen));
        var riders = message.Riders;
        Assert.True(riders.MoveNext());
        Assert.Equal(MessageType.TrustLease, riders.Type);
        Assert.Equal(MessageError.None, TrustLeaseMessage.TryRead(riders.Body, out var lease));
        Assert.Equal(Noon, lease!.Until);
        Assert.False(riders.MoveNext());
    }

    [Fact]
    public void Decision_6_heads_and_reply_are_noise_to_who_has_not_got_the_message()
    {
        var with = new byte[ContentSizes.DataBoxContent];
        var without = new byte[ContentSizes.DataBoxContent];
        var seen = MessageSecret.Generate(Random(9));
        using var naming = ContentDraft.Create(Text("x"), Time(), heads: [seen], replyTo: seen);
        using var plain = ContentDraft.Create(Text("x"), Time());
        var length = new SendingLog(Channel(1), 0, ContentCarrier.DataBox).Write(naming, 1, Random(1), with).Length;

        Assert.Equal(length, new SendingLog(Channel(1), 0, ContentCarrier.DataBox).Write(plain, 1, Random(1), without).Length);
        Assert.Equal(MessageError.None, ContentMessage.TryRead(with.AsSpan(0, length), ContentCarrier.DataBox, out var message));
        Assert.False(message.Names(MessageSecret.Generate(Random(10))));
        Assert.False(message.IsReplyTo(MessageSecret.Generate(Random(10))));
        Assert.Equal(with[..ContentHeader.Size], without[..ContentHeader.Size]);
    }

    [Fact]
    public void Decision_6_places_of_heads_are_random_so_that_one_says_nothing_of_others()
    {
        var seen = MessageSecret.Generate(Random(9));
        var within = MessageSecret.Generate(Random(8));
        var places = new HashSet<int>();
        var tag = new byte[BlindedHeads.TagSize];
        BlindedHeads.DeriveTag(seen, within, tag);
        for (var seed = 0UL; seed < 200; seed++)
        {
            var tags = new byte[16 * BlindedHeads.TagSize];
            BlindedHeads.Fill(tags, [seen], within, Random(seed));
            Assert.True(BlindedHeads.Holds(tags, seen, within));
            _ = places.Add(tags.AsSpan().IndexOf(tag) / BlindedHeads.TagSize);
        }

        Assert.Equal(16, places.Count);
        Assert.Throws<ArgumentException>(() => BlindedHeads.Fill(new byte[8], [seen, within], within, Random(1)));
    }

    [Fact]
    public void Decision_28_an_unknown_type_is_kept_with_its_header_and_says_whether_it_may_be_passed_over()
    {
        var log = new SendingLog(Channel(1), 0, ContentCarrier.Session);
        using var draft = ContentDraft.CreateExtension(0x8123, "anything"u8, isIgnorable: true, Time());
        var bytes = new byte[draft.SizeFor(ContentCarrier.Session)];
        _ = log.Write(draft, 1, Random(1), bytes);

        Assert.Equal(MessageError.None, ContentMessage.TryRead(bytes, ContentCarrier.Session, out var message));
        Assert.Equal((MessageType.Unknown, (ushort)0x8123), (message.Header.Type, message.Header.TypeCode));
        Assert.True(message.Header.Flags.HasFlag(ContentOptions.Ignorable));
        Assert.Equal("anything"u8, message.Body);
        Assert.Throws<ArgumentOutOfRangeException>(() => ContentDraft.CreateExtension(0x0001, [], false, Time()));
    }

    [Fact]
    public void Riders_go_along_only_where_they_fit_and_only_control_messages_ride()
    {
        using var full = ContentDraft.Create(Text(new string('x', 1_526)), Time());
        using var almost = ContentDraft.Create(Text(new string('x', 1_516)), Time());

        Assert.False(full.TryAddRider(new TrustLeaseMessage(Noon), ContentCarrier.Session));
        Assert.Equal(1_652, full.SizeFor(ContentCarrier.Session));
        Assert.True(almost.TryAddRider(new TrustLeaseMessage(Noon), ContentCarrier.Session));
        Assert.Equal(1_652, almost.SizeFor(ContentCarrier.Session));
        Assert.Throws<ArgumentException>(() => almost.TryAddRider(Text("no"), ContentCarrier.Session));
    }

    [Fact]
    public void A_standing_offer_of_1550_bytes_fits_a_session_message()
    {
        using var draft = ContentDraft.Create(new StandingOfferMessage(new byte[1_550]), Time());

        Assert.True(draft.SizeFor(ContentCarrier.Session) <= ContentSizes.SessionContent);
    }

    [Fact]
    public void Time_never_goes_back_and_follows_what_was_seen_but_not_a_wrong_clock()
    {
        var clock = new ContentClock(default);
        var first = clock.Next(Noon);
        var second = clock.Next(Noon.AddHours(-3));
        clock.Observe(Time(60), Noon);
        var third = clock.Next(Noon);
        clock.Observe(Time(60 * 24 * 365), Noon);
        var fourth = clock.Next(Noon);

        Assert.True(first < second && second < third && third < fourth);
        Assert.Equal(Noon.AddHours(1), third.Time);
        Assert.Equal(Noon.AddHours(1), fourth.Time);
        Assert.True(new ContentClock(fourth).Next(Noon) > fourth);
    }
}
