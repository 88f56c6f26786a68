using FsCheck;
using FsCheck.Fluent;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using static Secrets.Protocol.Tests.Calls.CallFixture;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>A leg over a carrier that loses, repeats and reorders, with both sides asking, losing the connection and hanging up when they like.</summary>
public sealed class CallPropertyTests
{
    [Fact]
    public void Whatever_the_carrier_does_words_are_the_same_wherever_both_have_some_and_every_leg_ends() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), static seed =>
        {
            var random = new SeededRandomForTestsOnly((ulong)seed);
            var alice = new CallSide(Alice, Id(1), (ulong)seed + 1);
            var bob = new CallSide(Bob, Id(1), (ulong)seed + 2);
            var now = Noon;
            alice.Ask(Bob, now);
            for (var step = 0; step < 120; step++)
            {
                now += TimeSpan.FromMilliseconds(random.Next(800));
                var (one, other) = random.Next(2) == 0 ? (alice, bob) : (bob, alice);
                Move(random, one, other, now);
                Check(alice, bob);
            }

            now += TimeSpan.FromMinutes(10);
            Finish(now, alice, bob);
            Assert.Empty(alice.Call.Legs);
            Assert.Empty(bob.Call.Legs);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(200)));

    private static void Move(RandomSource random, CallSide one, CallSide other, DateTimeOffset now)
    {
        switch (random.Next(12))
        {
            case 0 when one.Out.Count > 0:
                one.Out.RemoveAt((int)random.Next((uint)one.Out.Count));
                break;
            case 1 when one.Out.Count > 0:
                one.Out.Add(one.Out[(int)random.Next((uint)one.Out.Count)]);
                break;
            case 2:
                one.Ask(other.Self, now);
                break;
            case 3:
                one.Lose(other.Self, now);
                break;
            case 4 when random.Next(8) == 0:
                one.Leave(now);
                break;
            case 5 or 6:
                one.Accept(other.Self, now);
                break;
            case 7:
                _ = one.Connect(other.Self, other.Certificate(one.Self), now);
                break;
            case 8:
                one.Tick(now);
                break;
            default:
                // mostly the oldest one
                var at = random.Next(4) == 0 && one.Out.Count > 0 ? (int)random.Next((uint)one.Out.Count) : 0;
                if (one.Out.Count == 0)
                    return;
                var signal = one.Out[at].Signal;
                one.Out.RemoveAt(at);
                _ = other.Take(one.Self, Carry(signal), now);
                break;
        }
    }

    /// <summary>Both connected in the same leg: then with the same words. And never more than one leg.</summary>
    private static void Check(CallSide alice, CallSide bob)
    {
        var (a, b) = (alice.Call.Find(Bob), bob.Call.Find(Alice));
        if (a is { State: CallLegState.Connected } && b is { State: CallLegState.Connected } && a.IsAsker != b.IsAsker && a.Commitment == b.Commitment)
            Assert.Equal(alice.Words(Bob), bob.Words(Alice));
        Assert.InRange(alice.Call.Legs.Count, 0, 1);
        Assert.True(a?.State != CallLegState.Connected || a.Words is not null);
    }

    private static void Finish(DateTimeOffset now, CallSide alice, CallSide bob)
    {
        alice.Out.Clear();
        bob.Out.Clear();
        foreach (var side in (CallSide[])[alice, bob])
        {
            side.Tick(now);
            side.Leave(now);
        }
    }
}
