using Secrets.Protocol.Chats;
using static Secrets.Protocol.Tests.Chats.ChatFixture;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>Delivery states, acknowledgements, repair, generations, leases (decisions 14, 15, 18, 25).</summary>
public sealed class DeliveryTests
{
    private readonly SendingLog _sending = new(Channel(1), 10, ContentCarrier.Session);

    [Fact]
    public void Numbers_start_at_zero_and_each_message_names_the_one_before()
    {
        var first = Say(_sending, "one", Random(1));
        var second = Say(_sending, "two", Random(2));

        Assert.Equal(MessageError.None, ContentMessage.TryRead(first, ContentCarrier.Session, out var one));
        Assert.Equal(MessageError.None, ContentMessage.TryRead(second, ContentCarrier.Session, out var two));
        Assert.Equal((0UL, 1UL), (one.Header.Number, two.Header.Number));
        Assert.Equal(one.Hash, two.Header.Previous);
        Assert.Equal(12UL, _sending.NextIndex);
    }

    [Fact]
    public void A_message_waits_is_sent_and_is_received()
    {
        for (var i = 0UL; i < 4; i++)
            _ = Say(_sending, "x", Random(i));
        Assert.Equal(DeliveryState.Waiting, _sending.StateOf(0));
        _sending.MarkSent(0);
        _sending.MarkSent(1);
        Assert.Equal(DeliveryState.Sent, _sending.StateOf(1));

        Assert.True(_sending.TryAcknowledge(new ChannelAcknowledgement(Channel(1), 13, [11]), out var received));
        Assert.Equal([0UL, 2UL], received);
        Assert.Equal((DeliveryState.Received, DeliveryState.Sent, DeliveryState.Received, DeliveryState.Waiting),
            (_sending.StateOf(0), _sending.StateOf(1), _sending.StateOf(2), _sending.StateOf(3)));
        Assert.True(_sending.TryAcknowledge(new ChannelAcknowledgement(Channel(1), 13, []), out received));
        Assert.Equal([1UL], received);
        Assert.Null(_sending.StateOf(4));
    }

    [Fact]
    public void An_acknowledgement_of_what_was_never_written_is_refused()
    {
        _ = Say(_sending, "x", Random(1));

        Assert.False(_sending.TryAcknowledge(new ChannelAcknowledgement(Channel(1), 12, []), out _));
        Assert.False(_sending.TryAcknowledge(new ChannelAcknowledgement(Channel(2), 11, []), out _));
        Assert.Equal(DeliveryState.Waiting, _sending.StateOf(0));
    }

    [Fact]
    public void A_sending_state_read_back_goes_on_with_the_same_bytes()
    {
        _ = Say(_sending, "one", Random(1));
        _ = Say(_sending, "two", Random(2));
        _sending.MarkSent(0);
        Assert.Equal(MessageError.None, SendingLog.TryReadState(_sending.WriteState().Span, out var read));

        Assert.Equal((DeliveryState.Sent, DeliveryState.Waiting), (read!.StateOf(0), read.StateOf(1)));
        Assert.Equal(Say(_sending, "three", Random(3)), Say(read, "three", Random(3)));
    }

    [Fact]
    public void Decision_25_an_acknowledgement_goes_alone_after_5_to_15_random_minutes()
    {
        var delays = new HashSet<TimeSpan>();
        for (var seed = 0UL; seed < 100; seed++)
        {
            var planner = new AcknowledgementPlanner();
            planner.NoteReceived(MessageType.Text, Noon, Random(seed));
            planner.NoteReceived(MessageType.Text, Noon.AddMinutes(4), Random(seed));
            var delay = planner.Due!.Value - Noon;
            Assert.InRange(delay, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15));
            Assert.False(planner.IsDue(planner.Due.Value - TimeSpan.FromMilliseconds(1), isTrustedBothWays: true));
            Assert.True(planner.IsDue(planner.Due.Value, isTrustedBothWays: true));
            _ = delays.Add(delay);
        }

        Assert.True(delays.Count > 90);
    }

    [Fact]
    public void E_43_decision_25_nothing_is_answered_to_a_device_that_is_not_trusted_both_ways()
    {
        var planner = new AcknowledgementPlanner();
        planner.NoteReceived(MessageType.Text, Noon, Random(1));
        var repair = new RepairPlanner();
        var log = WithHoles(3);
        repair.NoteHoles(Noon, Random(1));

        Assert.False(planner.IsDue(Noon.AddDays(1), isTrustedBothWays: false));
        Assert.False(planner.ShouldRide(isTrustedBothWays: false));
        Assert.Null(repair.TakeRequest(log, Noon.AddDays(1), isTrustedBothWays: false));
        Assert.Null(repair.Answer(new RepairRequestMessage(Channel(1), [1]), 0, _ => true, Noon, isTrustedBothWays: false));
    }

    [Fact]
    public void Acknowledgements_are_not_acknowledged()
    {
        var planner = new AcknowledgementPlanner();
        planner.NoteReceived(MessageType.Acknowledgement, Noon, Random(1));
        Assert.Null(planner.Due);

        planner.NoteReceived(MessageType.Text, Noon, Random(1));
        var state = new byte[AcknowledgementPlanner.StateSize];
        planner.WriteState(state);
        Assert.Equal(MessageError.None, AcknowledgementPlanner.TryReadState(state, out var read));
        Assert.True((read!.Due!.Value - planner.Due!.Value).Duration() < TimeSpan.FromMilliseconds(1));
        read.NoteSent();
        Assert.False(read.ShouldRide(isTrustedBothWays: true));
    }

    [Fact]
    public void Decision_25_at_most_64_boxes_an_hour_are_asked_for_and_put_again()
    {
        var log = WithHoles(150);
        var asking = new RepairPlanner();
        asking.NoteHoles(Noon, Random(1));
        Assert.Null(asking.TakeRequest(log, Noon, true));
        var first = asking.TakeRequest(log, Noon.AddMinutes(15), true);
        asking.NoteHoles(Noon.AddMinutes(15), Random(1));
        var second = asking.TakeRequest(log, Noon.AddMinutes(30), true);
        asking.NoteHoles(Noon.AddMinutes(70), Random(1));
        var third = asking.TakeRequest(log, Noon.AddMinutes(90), true);

        Assert.Equal((64, null, 64), (first!.Indices.Count, second?.Indices.Count, third!.Indices.Count));
        Assert.Empty(first.Indices.Intersect(third.Indices));
        var answering = new RepairPlanner();
        Assert.Equal(64, answering.Answer(first, 0, _ => true, Noon, true)!.Boxes.Count);
        Assert.Null(answering.Answer(third, 0, _ => true, Noon.AddMinutes(59), true));
        Assert.Equal(64, answering.Answer(third, 0, _ => true, Noon.AddMinutes(60), true)!.Boxes.Count);
    }

    [Fact]
    public void Decision_6_not_entitled_expired_and_not_there_are_one_answer()
    {
        var request = new RepairRequestMessage(Channel(1), [1, 2, 3]);
        var notEntitled = new RepairPlanner().Answer(request, null, _ => true, Noon, true)!;
        var notThere = new RepairPlanner().Answer(request, 0, _ => false, Noon, true)!;
        var fromTwo = new RepairPlanner().Answer(request, 2, _ => true, Noon, true)!;

        Assert.Equal(Body(notEntitled), Body(notThere));
        Assert.Equal([false, true, true], fromTwo.Boxes.Select(b => b.Value));
    }

    [Fact]
    public void E_11_decision_14_a_generation_that_goes_back_is_seen_in_any_order_of_arrival()
    {
        (ulong Number, uint Generation)[] good = [(0, 1), (1, 1), (2, 3), (5, 3), (6, 4)];
        var random = Random(5);
        for (var i = 0; i < 20; i++)
        {
            var watch = new GenerationWatch(1);
            foreach (var (number, generation) in good.Concat(good).OrderBy(_ => random.Next(1_000_000)))
                Assert.Equal(GenerationFinding.InOrder, watch.Observe(number, generation));
            Assert.Equal(4u, watch.Highest);
            Assert.Equal(GenerationFinding.WentBack, watch.Observe(7, 3));
            Assert.Equal(GenerationFinding.WentBack, watch.Observe(4, 1));
            Assert.Equal(GenerationFinding.WentBack, watch.Observe(1, 3));
            Assert.Equal(GenerationFinding.WentBack, watch.Observe(8, 0));
            Assert.Equal(MessageError.None, GenerationWatch.TryReadState(watch.WriteState().Span, out var read));
            Assert.Equal(GenerationFinding.WentBack, read!.Observe(7, 3));
        }
    }

    [Fact]
    public void Decision_18_trust_runs_out_after_30_days_without_renewal()
    {
        var watch = new LeaseWatch(Noon);
        Assert.False(watch.IsOut(Noon.AddDays(30)));
        Assert.True(watch.IsOut(Noon.AddDays(30).AddSeconds(1)));
        Assert.False(watch.ShouldRenew(Noon.AddDays(6)));
        Assert.True(watch.ShouldRenew(Noon.AddDays(7)));

        watch.NoteRenewal(new TrustLeaseMessage(Noon.AddYears(20)), Noon.AddDays(20));
        Assert.Equal(Noon.AddDays(50), watch.PeerUntil);
        watch.NoteRenewal(new TrustLeaseMessage(Noon), Noon.AddDays(21));
        Assert.Equal(Noon.AddDays(50), watch.PeerUntil);
        Assert.Equal(Noon.AddDays(37), watch.Renew(Noon.AddDays(7)).Until);
        Assert.False(watch.ShouldRenew(Noon.AddDays(8)));

        var state = new byte[LeaseWatch.StateSize];
        watch.WriteState(state);
        Assert.Equal(MessageError.None, LeaseWatch.TryReadState(state, out var read));
        Assert.Equal((watch.PeerUntil, false), (read!.PeerUntil, read.ShouldRenew(Noon.AddDays(8))));
    }

    [Fact]
    public void A_lease_to_the_end_of_time_is_read_like_any_other()
    {
        Assert.Equal(MessageError.None, TrustLeaseMessage.TryRead([255, 255, 255, 255], out var lease));
        var watch = new LeaseWatch(Noon);

        watch.NoteRenewal(lease!, Noon.AddDays(1));

        Assert.Equal(Noon.AddDays(31), watch.PeerUntil);
    }

    [Fact]
    public void Decision_12_content_sent_again_in_another_session_is_shown_once()
    {
        var recent = new RecentMessages();
        var secret = MessageSecret.Generate(Random(1));

        Assert.True(recent.TryAdd(Author(1), secret));
        Assert.False(recent.TryAdd(Author(1), secret));
        Assert.True(recent.TryAdd(Author(2), secret));
        Assert.Equal(MessageError.None, RecentMessages.TryReadState(recent.WriteState().Span, out var read));
        Assert.False(read!.TryAdd(Author(1), secret));
        Assert.Equal(2, read.Count);
    }

    [Fact]
    public void Heads_are_the_newest_messages_that_nothing_names()
    {
        var recent = new RecentMessages();
        var secrets = Enumerable.Range(0, 6).Select(i => MessageSecret.Generate(Random((ulong)i))).ToList();
        foreach (var secret in secrets)
            Assert.True(recent.TryAdd(Author(1), secret));
        Assert.Equal(secrets[2..], recent.Heads(ContentCarrier.Session));
        Assert.Equal(secrets, recent.Heads(ContentCarrier.DataBox));

        using var draft = ContentDraft.Create(Text("seen"), Time(), heads: [secrets[4], secrets[5]], replyTo: secrets[1]);
        var bytes = new byte[draft.SizeFor(ContentCarrier.Session)];
        _ = _sending.Write(draft, 1, Random(9), bytes);
        Assert.Equal(MessageError.None, ContentMessage.TryRead(bytes, ContentCarrier.Session, out var message));
        Assert.Equal([secrets[4], secrets[5]], recent.ResolveHeads(message));
        Assert.Equal(secrets[1], recent.ResolveReply(message));
        Assert.Equal(secrets[..4], recent.Heads(ContentCarrier.DataBox));
        recent.NoteNamed(secrets);
        Assert.Empty(recent.Heads(ContentCarrier.DataBox));
    }

    [Fact]
    public void At_most_2000_messages_are_remembered_and_followed()
    {
        var recent = new RecentMessages();
        for (var i = 0UL; i < 2_100; i++)
        {
            Assert.True(recent.TryAdd(Author(1), MessageSecret.Generate(Random(i))));
            _ = Say(_sending, "x", Random(i));
        }

        Assert.Equal(RecentMessages.MaxCount, recent.Count);
        Assert.Equal(SendingLog.MaxFollowed, _sending.Followed.Count);
        Assert.Equal(MessageError.None, SendingLog.TryReadState(_sending.WriteState().Span, out _));
    }

    private static ChannelLog WithHoles(int count)
    {
        var sending = new SendingLog(Channel(1), 0, ContentCarrier.Session);
        var log = new ChannelLog(Channel(1), 0);
        for (var i = 0UL; i <= (ulong)count; i++)
        {
            var content = Say(sending, "x", Random(i));
            if (i == 0 || i == (ulong)count)
                _ = Add(log, i, content);
        }

        _ = Say(sending, "x", Random(1));
        return log;
    }
}
