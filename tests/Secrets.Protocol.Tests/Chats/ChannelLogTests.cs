using FsCheck;
using FsCheck.Fluent;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using static Secrets.Protocol.Tests.Chats.ChatFixture;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>The reading side of a channel (decisions 6, 14, 15).</summary>
public sealed class ChannelLogTests
{
    private const ulong First = 41;

    private readonly List<byte[]> _said = [];

    public ChannelLogTests()
    {
        var sending = new SendingLog(Channel(1), First, ContentCarrier.Session);
        for (var i = 0; i < 40; i++)
            _said.Add(Say(sending, $"message {i}", Random((ulong)i)));
    }

    [Fact]
    public void E_22_any_order_repetition_and_loss_give_one_log() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var random = Random((ulong)seed);
            var kept = Enumerable.Range(0, _said.Count).Where(_ => random.Next(5) != 0).ToList();
            if (!kept.Contains(0))
                kept.Add(0);
            var inOrder = Feed(kept);
            var shuffled = Feed(kept.Concat(kept).OrderBy(_ => random.Next(1_000_000)).ToList());

            Assert.Equal(inOrder.WriteState().ToArray(), shuffled.WriteState().ToArray());
            Assert.Empty(shuffled.Evidence);
            Assert.Equal(inOrder.Holes, shuffled.Holes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(60)));

    [Fact]
    public void E_22_each_message_is_new_once()
    {
        var log = new ChannelLog(Channel(1), First);

        Assert.Equal(LogOutcome.Added, Add(log, First, _said[0]));
        Assert.Equal(LogOutcome.Duplicate, Add(log, First, _said[0]));
        Assert.Equal(LogOutcome.Added, Add(log, First + 2, _said[2]));
        Assert.Equal([First + 1], log.Holes);
        Assert.Equal(LogOutcome.AddedLate, Add(log, First + 1, _said[1]));
        Assert.Empty(log.Holes);
        Assert.Equal(First + 3, log.LowestMissing);
    }

    [Fact]
    public void E_22_a_message_reflected_or_moved_to_another_index_is_refused()
    {
        var log = new ChannelLog(Channel(1), First);
        _ = Add(log, First, _said[0]);

        Assert.Equal(LogOutcome.WrongNumber, Add(log, First + 1, _said[0]));
        Assert.Equal(LogOutcome.WrongNumber, Add(log, First + 1, _said[2]));
        Assert.Equal(LogOutcome.TooOld, Add(log, First - 1, _said[0]));
    }

    [Fact]
    public void E_63_decision_14_two_contents_at_one_place_are_kept_and_told()
    {
        var clone = new SendingLog(Channel(1), First, ContentCarrier.Session);
        var other = Say(clone, "something else", Random(99));
        var log = new ChannelLog(Channel(1), First);
        _ = Add(log, First, _said[0]);

        Assert.Equal(LogOutcome.Equivocation, Add(log, First, other));
        Assert.Equal(LogOutcome.Equivocation, Add(log, First, other));
        var evidence = Assert.Single(log.Evidence);
        Assert.Equal((First, ContentMessage.HashOf(_said[0]), ContentMessage.HashOf(other)), (evidence.Index, evidence.First, evidence.Second));
    }

    [Fact]
    public void E_63_a_broken_hash_chain_is_seen_from_both_sides()
    {
        var clone = new SendingLog(Channel(1), First, ContentCarrier.Session);
        _ = Say(clone, "something else", Random(99));
        var fromClone = Say(clone, "goes on", Random(98));
        var forward = new ChannelLog(Channel(1), First);
        _ = Add(forward, First, _said[0]);
        var backward = new ChannelLog(Channel(1), First);
        _ = Add(backward, First + 1, fromClone);

        Assert.Equal(LogOutcome.Inconsistent, Add(forward, First + 1, fromClone));
        Assert.Equal(LogOutcome.Inconsistent, Add(backward, First, _said[0]));
        _ = Assert.Single(forward.Evidence);
        _ = Assert.Single(backward.Evidence);
    }

    [Fact]
    public void E_23_a_message_left_out_shows_with_the_next_one()
    {
        var log = Feed([0, 1, 3]);

        Assert.Equal([First + 2], log.Holes);
        Assert.Equal([First + 2], log.Acknowledge().Holes);
        Assert.Equal(First + 4, log.Acknowledge().Next);
    }

    [Fact]
    public void Decision_15_a_hole_that_is_given_up_stops_nothing_and_may_still_be_filled()
    {
        var log = Feed([0, 1, 3]);
        log.MarkLost(First + 2);

        Assert.Empty(log.Holes);
        Assert.Equal([First + 2], log.Lost);
        Assert.Equal(First + 4, log.LowestMissing);
        Assert.Equal(LogOutcome.AddedLate, Add(log, First + 2, _said[2]));
        Assert.Empty(log.Lost);
        Assert.Empty(log.Evidence);
    }

    [Fact]
    public void A_reader_that_was_let_in_later_starts_at_its_index()
    {
        var log = new ChannelLog(Channel(1), First + 5);

        Assert.Equal(LogOutcome.TooOld, Add(log, First + 4, _said[4]));
        Assert.Equal(LogOutcome.Added, Add(log, First + 5, _said[5]));
        Assert.Equal(LogOutcome.Added, Add(log, First + 6, _said[6]));
        Assert.Empty(log.Evidence);
    }

    [Fact]
    public void E_71_a_far_jump_and_the_last_index_take_no_memory()
    {
        var log = new ChannelLog(Channel(1), 0);
        var header = new ContentHeader(1, 0, Time(), ChannelLog.MaxSpan, MessageSecret.Generate(Random(1)), Hash256.Of("x"u8), 1, 0);

        Assert.Equal(LogOutcome.TooFarAhead, log.Add(ChannelLog.MaxSpan, header, Hash256.Of("y"u8)));
        var last = new ContentHeader(1, 0, Time(), 0, MessageSecret.Generate(Random(1)), default, 1, 0);
        Assert.Equal(LogOutcome.TooFarAhead, new ChannelLog(Channel(1), ulong.MaxValue).Add(ulong.MaxValue, last, Hash256.Of("y"u8)));
    }

    [Fact]
    public void E_71_however_many_holes_there_are_the_log_stays_small()
    {
        var sending = new SendingLog(Channel(1), 0, ContentCarrier.Session);
        var log = new ChannelLog(Channel(1), 0);
        for (var i = 0UL; i < 4_000; i++)
        {
            var content = Say(sending, "x", Random(i));
            if (i % 3 != 0)
                _ = Add(log, i, content);
        }

        Assert.True(log.NextIndex - log.LowestMissing <= ChannelLog.MaxSpan);
        Assert.True(log.WriteState().Length < 100_000);
        Assert.Equal(ChannelAcknowledgement.MaxHoles, log.Acknowledge().Holes.Count);
    }

    [Fact]
    public void A_state_read_back_goes_on_as_before()
    {
        var log = Feed([0, 1, 3, 7]);
        log.MarkLost(First + 4);
        _ = Add(log, First, Say(new SendingLog(Channel(1), First, ContentCarrier.Session), "other", Random(77)));
        var state = log.WriteState();

        Assert.Equal(MessageError.None, ChannelLog.TryReadState(state.Span, out var read));
        Assert.Equal(state.ToArray(), read!.WriteState().ToArray());
        Assert.Equal(log.Holes, read.Holes);
        Assert.Equal(LogOutcome.AddedLate, Add(read, First + 2, _said[2]));
        Assert.Equal(LogOutcome.Duplicate, Add(read, First + 7, _said[7]));
        _ = Assert.Single(read.Evidence);
    }

    private ChannelLog Feed(IReadOnlyList<int> order)
    {
        var log = new ChannelLog(Channel(1), First);
        foreach (var i in order)
            _ = Add(log, First + (ulong)i, _said[i]);
        return log;
    }
}
