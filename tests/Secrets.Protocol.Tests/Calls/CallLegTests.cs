using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using static Secrets.Protocol.Tests.Calls.CallFixture;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>A leg from Ask to End, and what who stands between can do.</summary>
public sealed class CallLegTests
{
    private readonly CallSide _alice = new(Alice, Id(1), 1);
    private readonly CallSide _bob = new(Bob, Id(1), 2);

    [Fact]
    public void Two_parties_connect_and_have_the_same_words()
    {
        Describe();
        Assert.Equal(CallError.None, _alice.Connect(Bob, _bob.Certificate(Alice), Noon));
        Assert.Equal(CallError.None, _bob.Connect(Alice, _alice.Certificate(Bob), Noon));

        Assert.Equal((CallLegState.Connected, CallLegState.Connected), (_alice.Call.Find(Bob)!.State, _bob.Call.Find(Alice)!.State));
        Assert.NotNull(_alice.Words(Bob));
        Assert.Equal(_alice.Words(Bob), _bob.Words(Alice));
        Assert.All(_alice.Call.Find(Bob)!.Words!, static place => Assert.InRange(place, 0, 3 * 2_047));
    }

    [Fact]
    public void Nobody_knows_the_askers_certificate_before_the_answerers_is_fixed()
    {
        _alice.Ask(Bob, Noon);
        var ask = Bytes(_alice.Out.Single().Signal);
        Assert.True(ask.AsSpan().IndexOf(_alice.Certificate(Bob).Bytes) < 0);
        Assert.Null(_alice.Words(Bob));
    }

    [Fact]
    public void An_offer_with_another_certificate_than_was_committed_to_ends_the_leg()
    {
        Accepted();
        var offer = Take(_alice, CallSignalKind.Offer);
        var swapped = CallSignal.Offer(Id(1), offer.Leg, 1, offer.Nonce, Description(Hash256.Of("mallory"u8)));
        Assert.Equal(CallError.WrongCertificate, _bob.Take(Alice, swapped, Noon));
        Assert.Equal(CallEndReason.WrongCertificate, _bob.Ended[Alice]);
        CallSide.Settle(Noon, _alice, _bob);
        Assert.Equal(CallEndReason.WrongCertificate, _alice.Ended[Bob]);
        Assert.DoesNotContain(_bob.Seen, static effect => effect.Kind == CallEffectKind.TakeOffer);
    }

    [Fact]
    public void An_offer_with_another_nonce_ends_the_leg()
    {
        Accepted();
        var offer = Take(_alice, CallSignalKind.Offer);
        Assert.Equal(CallError.WrongCertificate, _bob.Take(Alice, CallSignal.Offer(Id(1), offer.Leg, 1, Hash256.Of("x"u8), Description(_alice.Certificate(Bob))), Noon));
    }

    [Fact]
    public void An_answer_with_another_certificate_than_was_accepted_with_ends_the_leg()
    {
        Accepted();
        Assert.Equal(CallError.None, _bob.Take(Alice, Take(_alice, CallSignalKind.Offer), Noon));
        var answer = Take(_bob, CallSignalKind.Answer);
        Assert.Equal(CallError.WrongCertificate, _alice.Take(Bob, CallSignal.Answer(Id(1), answer.Leg, 1, Description(Hash256.Of("mallory"u8))), Noon));
        Assert.Equal(CallEndReason.WrongCertificate, _alice.Ended[Bob]);
        Assert.DoesNotContain(_alice.Seen, static effect => effect.Kind == CallEffectKind.TakeAnswer);
    }

    [Fact]
    public void A_connection_that_shows_another_certificate_ends_the_leg()
    {
        Describe();
        Assert.Equal(CallError.WrongCertificate, _alice.Connect(Bob, Hash256.Of("mallory"u8), Noon));
        Assert.Equal(CallEndReason.WrongCertificate, _alice.Ended[Bob]);
        CallSide.Settle(Noon, _alice, _bob);
        Assert.Equal(CallEndReason.WrongCertificate, _bob.Ended[Alice]);
    }

    [Fact]
    public void Who_has_replaced_both_certificates_gives_other_words()
    {
        // somebody who carries the signals and answers each side itself
        var toBob = new CallSide(Alice, Id(1), 77);
        var toAlice = new CallSide(Bob, Id(1), 78);
        _alice.Ask(Bob, Noon);
        _ = toAlice.Take(Alice, Carry(Take(_alice, CallSignalKind.Ask)), Noon);
        toAlice.Accept(Alice, Noon);
        CallSide.Settle(Noon, _alice, toAlice);
        toBob.Ask(Bob, Noon);
        CallSide.Settle(Noon, toBob, _bob);
        _bob.Accept(Alice, Noon);
        CallSide.Settle(Noon, toBob, _bob);

        Assert.NotNull(_alice.Words(Bob));
        Assert.NotNull(_bob.Words(Alice));
        Assert.NotEqual(_alice.Words(Bob), _bob.Words(Alice));
    }

    [Fact]
    public void A_lost_connection_is_made_anew_with_the_same_words()
    {
        Describe();
        Connect();
        var words = _alice.Words(Bob);
        _alice.Lose(Bob, Noon);
        _bob.Lose(Alice, Noon);
        _alice.Tick(Noon + CallTimes.FirstOffer);
        _bob.Tick(Noon + CallTimes.FirstOffer);
        CallSide.Settle(Noon + CallTimes.FirstOffer, _alice, _bob);

        Assert.Equal(2, _alice.Call.Find(Bob)!.Revision);
        Assert.Equal(2, _bob.Call.Find(Alice)!.Revision);
        Connect();
        Assert.Equal((words, words), (_alice.Words(Bob), _bob.Words(Alice)));
        Assert.Equal(CallLegState.Connected, _bob.Call.Find(Alice)!.State);
    }

    [Fact]
    public void A_connection_that_does_not_come_back_ends_as_lost()
    {
        Describe();
        Connect();
        _alice.Lose(Bob, Noon);
        _alice.Tick(Noon + CallTimes.Lost);
        Assert.Equal(CallEndReason.ConnectionLost, _alice.Ended[Bob]);
    }

    [Fact]
    public void A_new_offer_for_another_certificate_ends_a_leg_that_stands()
    {
        Describe();
        Connect();
        Assert.Equal(CallError.WrongCertificate, _bob.Take(Alice, CallSignal.Offer(Id(1), Leg(), 2, Hash256.Of("n"u8), Description(Hash256.Of("mallory"u8))), Noon));
        Assert.Equal(CallEndReason.WrongCertificate, _bob.Ended[Alice]);
    }

    [Fact]
    public void It_rings_for_45_seconds()
    {
        _alice.Ask(Bob, Noon);
        CallSide.Settle(Noon, _alice, _bob);
        var almost = Noon + CallTimes.Ring - TimeSpan.FromMilliseconds(1);
        _alice.Tick(almost);
        _bob.Tick(almost);
        Assert.Empty(_alice.Ended);
        _alice.Tick(Noon + CallTimes.Ring);
        CallSide.Settle(Noon + CallTimes.Ring, _alice, _bob);
        Assert.Equal((CallEndReason.NotAnswered, CallEndReason.NotAnswered), (_alice.Ended[Bob], _bob.Ended[Alice]));
    }

    [Fact]
    public void Two_that_ask_each_other_at_once_keep_one_of_the_two()
    {
        _alice.Ask(Bob, Noon);
        _bob.Ask(Alice, Noon);
        CallSide.Settle(Noon, _alice, _bob);
        var (asker, answerer) = _alice.Call.Find(Bob)!.IsAsker ? (_alice, _bob) : (_bob, _alice);
        Assert.Equal(CallLegState.Asked, answerer.Call.Find(asker.Self)!.State);
        answerer.Accept(asker.Self, Noon);
        CallSide.Settle(Noon, _alice, _bob);
        Assert.Equal(_alice.Words(Bob), _bob.Words(Alice));
        Assert.NotNull(_alice.Words(Bob));
    }

    [Fact]
    public void Addresses_leave_only_where_they_may()
    {
        Describe();
        var offer = _alice.Seen.First(static effect => effect.Signal?.Kind == CallSignalKind.Offer).Signal!.Description!.Text;
        Assert.DoesNotContain("192.168.1.5", offer, StringComparison.Ordinal);
        var straight = new CallSide(Alice, Id(2), 5, mayGoStraight: true);
        var other = new CallSide(Bob, Id(2), 6);
        straight.Ask(Bob, Noon);
        CallSide.Settle(Noon, straight, other);
        other.Accept(Alice, Noon);
        CallSide.Settle(Noon, straight, other);
        Assert.Contains("192.168.1.5", straight.Seen.First(static effect => effect.Signal?.Kind == CallSignalKind.Offer).Signal!.Description!.Text, StringComparison.Ordinal);
        // who doesn't go straight itself does not even hand the other's addresses to its engine
        Assert.DoesNotContain("192.168.1.5", other.Seen.First(static effect => effect.Kind == CallEffectKind.TakeOffer).Description!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_room_has_at_most_six_in_a_call_and_who_comes_too_late_is_told()
    {
        var parties = Enumerable.Range(0, 7).Select(i => new CallSide(Hash256.Of([(byte)i]), Id(3), (ulong)(10 + i), isInRoom: true)).ToArray();
        foreach (var (side, i) in parties.Select(static (side, i) => (side, i)))
        {
            if (i < 6)
                side.Enter(Noon);
            CallSide.Settle(Noon, parties);
            foreach (var other in parties.Take(Math.Min(i, 5)))
            {
                side.Ask(other.Self, Noon);
                CallSide.Settle(Noon, parties);
                if (other.Call.Find(side.Self) is { State: CallLegState.Asked })
                    other.Accept(side.Self, Noon);
                CallSide.Settle(Noon, parties);
            }
        }

        Assert.All(parties.Take(6), static side => Assert.Equal(5, side.Call.Legs.Count));
        Assert.Empty(parties[6].Call.Legs);
        Assert.Equal(CallEndReason.Full, parties[6].Ended[parties[0].Self]);
        parties[0].Tick(Noon + CallTimes.Gone);
        Assert.Empty(parties[0].Call.Heard);
    }

    private ulong Leg() => BinaryPrimitives.ReadUInt64BigEndian(_alice.Call.Find(Bob)!.Commitment.Bytes);

    private void Accepted()
    {
        _alice.Ask(Bob, Noon);
        Assert.Equal(CallError.None, _bob.Take(Alice, Carry(Take(_alice, CallSignalKind.Ask)), Noon));
        _bob.Accept(Alice, Noon);
        Assert.Equal(CallError.None, _alice.Take(Bob, Carry(Take(_bob, CallSignalKind.Accept)), Noon));
    }

    private void Describe()
    {
        Accepted();
        CallSide.Settle(Noon, _alice, _bob);
    }

    private void Connect()
    {
        Assert.Equal(CallError.None, _alice.Connect(Bob, _bob.Certificate(Alice), Noon));
        Assert.Equal(CallError.None, _bob.Connect(Alice, _alice.Certificate(Bob), Noon));
    }

    private static CallSignal Take(CallSide side, CallSignalKind kind)
    {
        var at = side.Out.FindIndex(sent => sent.Signal.Kind == kind);
        var signal = side.Out[at].Signal;
        side.Out.RemoveAt(at);
        return signal;
    }
}
