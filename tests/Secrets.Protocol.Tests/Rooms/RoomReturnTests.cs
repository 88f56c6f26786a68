using FsCheck;
using FsCheck.Fluent;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Tests.Rooms;

/// <summary>Coming back to a room: whatever happened meanwhile, people hear each other.</summary>
public sealed class RoomReturnTests
{
    // of one session, before anybody has its key; more than that is shown as a gap
    private const int MaxSaid = 10;

    [Fact]
    public void What_is_said_before_the_new_key_came_to_anybody_is_heard()
    {
        var (relay, people) = Start(1);
        var (alice, bob) = (people[0], people[1]);
        people[1] = bob = relay.Restore(bob);
        _ = alice.Say(RoomContent.OfText("while you were away"), relay.Now);
        relay.Return(bob);

        _ = bob.Say(RoomContent.OfText("here again"), relay.Now);
        relay.Settle(people);

        Assert.Equal(["here again", "while you were away"], Texts(bob));
        Assert.Equal(["here again"], Texts(alice)[1..]);
    }

    [Fact]
    public void What_is_said_under_a_key_whose_introduction_was_cut_off_is_heard()
    {
        var (relay, people) = Start(2);
        var bob = people[1];
        relay.Cut(bob);
        relay.Return(bob);
        _ = bob.Say(RoomContent.OfText("one"), relay.Now);
        while (relay.Take(bob))
            continue;
        relay.Cut(bob);
        _ = bob.Say(RoomContent.OfText("two"), relay.Now);
        relay.Settle(people);

        Assert.Equal(["one", "two"], Texts(people[0]));
        Assert.Equal(["one", "two"], Texts(people[2]));
    }

    [Fact]
    public void Who_comes_back_second_after_a_restart_hears_what_the_first_said_meanwhile()
    {
        var (relay, people) = Start(3);
        var (alice, bob) = (people[0], people[1]);
        relay.Restart();
        _ = bob.Say(RoomContent.OfText("before"), relay.Now);
        relay.Return(bob);
        _ = bob.Say(RoomContent.OfText("after"), relay.Now);
        while (relay.Take(bob) || relay.Give(bob))
            continue;
        relay.Settle(people);

        Assert.Equal(["before", "after"], Texts(alice));
        Assert.Equal(["before", "after"], Texts(people[2]));
    }

    [Fact]
    public void What_somebody_said_who_has_left_since_is_heard_and_they_are_not_shown_as_here()
    {
        var (relay, people) = Start(4);
        var (bob, carol) = (people[1], people[2]);
        relay.Cut(bob);
        _ = carol.Say(RoomContent.OfText("goodbye"), relay.Now);
        while (relay.Take(carol))
            continue;
        relay.Cut(carol);
        relay.Drop(carol);
        relay.Return(bob);
        while (relay.Give(bob))
            continue;

        Assert.Equal(["goodbye"], Texts(bob));
        Assert.DoesNotContain(bob.People, person => person.Session == carol.Me);
    }

    [Fact]
    public void Who_is_not_back_a_minute_after_a_restart_has_left_and_nobody_before()
    {
        var (relay, people) = Start(8);
        var (alice, bob, carol) = (people[0], people[1], people[2]);
        _ = RoomModel.Heard(alice);
        relay.Restart();
        relay.Settle([alice, bob]);
        // once more, on a line that is cut for a moment
        relay.Cut(alice);
        relay.Settle([alice, bob]);
        var heard = RoomModel.Heard(alice);
        Assert.DoesNotContain(heard, h => h.Kind is RoomHeardKind.Left or RoomHeardKind.Joined);
        Assert.Equal(RoomHeardKind.Back, heard.Last(h => h.Session == bob.Me).Kind);
        Assert.Equal(RoomHeardKind.Missed, heard.Last(h => h.Session == carol.Me).Kind);
        Assert.Equal(2, alice.People.Count());
        Assert.False(alice.Call(carol.Me, "offer"u8, relay.Now));

        alice.Pass(relay.Now + 59_000);
        Assert.Empty(RoomModel.Heard(alice));
        alice.Pass(relay.Now + 60_000);
        Assert.Equal([(RoomHeardKind.Left, carol.Me)], RoomModel.Heard(alice).Select(h => (h.Kind, h.Session)));
        relay.Settle(people);
        Assert.Contains(RoomModel.Heard(alice), h => h.Kind == RoomHeardKind.Joined && h.Session == carol.Me);
    }

    [Fact]
    public void Who_is_missed_while_somebody_is_removed_hears_what_was_said_meanwhile()
    {
        var (relay, people) = Start(9);
        var (alice, bob, carol) = (people[0], people[1], people[2]);
        relay.Restart();
        relay.Settle([alice, bob]);
        Assert.True(alice.Remove(bob.Me, relay.Now));
        _ = alice.Say(RoomContent.OfText("without Bob"), relay.Now);
        relay.Settle([alice]);
        relay.Settle([alice, carol]);

        Assert.Equal(["without Bob"], Texts(carol));
    }

    [Fact]
    public void What_was_heard_of_somebody_who_is_not_back_yet_is_not_heard_again_by_who_came_back_from_a_state()
    {
        var (relay, people) = Start(6);
        var (alice, bob) = (people[0], people[1]);
        _ = bob.Say(RoomContent.OfText("once"), relay.Now);
        while (relay.Take(bob) || relay.Give(alice))
            continue;
        Assert.Equal(["once"], Texts(alice));
        relay.Restart();
        relay.Return(alice);
        people[0] = alice = relay.Restore(alice);
        relay.Settle(people);

        Assert.Empty(Texts(alice));
        Assert.Equal(["once"], Texts(people[2]));
    }

    [Fact]
    public void Who_falls_behind_is_told_comes_back_and_goes_on()
    {
        var relay = new ModelRelay(5, kept: 30);
        List<RoomMachine> people = [relay.Open("Alice"), relay.Join("Bob")];
        relay.Settle(people);
        var (alice, bob) = (people[0], people[1]);
        for (var i = 0; i < 60; i++)
        {
            _ = alice.Say(RoomContent.OfText($"{i}"), relay.Now);
            while (relay.Take(alice) || relay.Give(alice))
                continue;
        }
        while (relay.Give(bob))
            continue;
        Assert.False(relay.IsIn(bob));
        Assert.Equal(RoomEnd.None, bob.End);

        relay.Return(bob);
        relay.Settle(people);
        _ = alice.Say(RoomContent.OfText("next"), relay.Now);
        relay.Settle(people);

        var heard = RoomModel.Heard(bob);
        Assert.Equal("next", heard.Last(h => h.Kind == RoomHeardKind.Message).Content!.Text);
        Assert.Contains(heard, h => h.Kind == RoomHeardKind.Gap);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_was_away_when_somebody_came_and_the_room_was_locked_hears_and_is_heard(bool reloads)
    {
        var relay = new ModelRelay(7);
        var (alice, carol) = (relay.Open("Alice"), relay.Join("Carol"));
        relay.Settle([alice, carol]);
        relay.Cut(carol);
        var dora = relay.Join("Dora");
        relay.Settle([alice, dora]);
        Assert.True(alice.Lock(isLocked: true));
        relay.Settle([alice, dora]);
        if (reloads)
        {
            dora = relay.Restore(dora);
            relay.Settle([alice, dora]);
        }
        List<RoomMachine> people = [alice, carol, dora];
        relay.Settle(people);
        foreach (var person in people)
            _ = person.Say(RoomContent.OfText(person.Name), relay.Now);
        var locked = RoomModel.Heard(carol).Count(h => h.Kind == RoomHeardKind.Locked);
        relay.Settle(people);

        Assert.Equal(1, locked);
        Assert.True(carol.IsLocked);
        Assert.Equal(["Alice", "Dora"], Texts(carol).Order());
        Assert.Equal(["Alice", "Carol"], Texts(dora)[1..].Order());
        Assert.Equal(carol.SafetyWords(), dora.SafetyWords());
        Assert.Equal(carol.SafetyWords(), alice.SafetyWords());
    }

    [Fact]
    public void Who_came_in_just_before_the_lock_is_in()
    {
        var relay = new ModelRelay(8);
        List<RoomMachine> people = [relay.Open("Alice"), relay.Join("Bob")];
        relay.Settle(people);
        var (alice, dora) = (people[0], relay.Join("Dora"));
        people.Add(dora);
        Assert.True(relay.Take(dora));
        Assert.True(alice.Lock(isLocked: true));
        Assert.True(relay.Take(alice));
        relay.Settle(people);
        _ = alice.Say(RoomContent.OfText("Hello"), relay.Now);
        _ = dora.Say(RoomContent.OfText("Hello"), relay.Now);
        relay.Settle(people);

        Assert.All(people, person => Assert.Equal(2, person.People.Count()));
        Assert.Contains("Hello", Texts(dora));
        Assert.Equal(2, Texts(people[1]).Length);
    }

    [Fact]
    public void After_a_restart_everybody_is_introduced_to_everybody_once()
    {
        const int Count = 12;
        var relay = new ModelRelay(9);
        List<RoomMachine> people = [relay.Open("Alice"), .. Enumerable.Range(1, Count - 1).Select(i => relay.Join($"Guest {i}"))];
        relay.Settle(people);
        foreach (var person in people)
            _ = person.Say(RoomContent.OfText("Hello"), relay.Now);
        relay.Settle(people);
        relay.Restart();
        relay.Settle(people);

        Assert.Equal(Count * (Count - 1), relay.Whispered);
        Assert.All(people, person => Assert.Equal(Count - 1, person.People.Count(other => other.Presence == Presence.Here)));
    }

    [Fact]
    public void Whoever_was_away_whenever_all_hear_what_each_says_once_they_are_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Arb.From(Gen.Choose(0, int.MaxValue)), (steps, seed) => Holds(steps, seed, losesAll: true))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(50)).WithEndSize(80));

    [Fact]
    public void Where_only_lines_are_cut_everything_is_heard_once_and_in_order() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Arb.From(Gen.Choose(0, int.MaxValue)), (steps, seed) => Holds(steps, seed, losesAll: false))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(50)).WithEndSize(80));

    private static void Holds(byte[] steps, int seed, bool losesAll)
    {
        var (relay, people) = Start((ulong)seed, losesAll ? 60 : int.MaxValue);
        var said = people.ToDictionary(person => person.Me, _ => new List<string>());
        var heard = people.ToDictionary(person => person.Me, _ => new List<(SessionId From, string Text)>());
        foreach (var step in steps)
        {
            Step(relay, people, said, step, losesAll);
            Collect(people, heard);
        }
        relay.Settle(people);
        Collect(people, heard);
        if (!losesAll)
            AllHeard(people, said, heard);
        Assert.All(heard.Values, lines => Assert.Equal(lines.Distinct(), lines));
        foreach (var person in people)
        {
            said[person.Me] = ["next"];
            _ = person.Say(RoomContent.OfText("next"), relay.Now);
        }
        relay.Settle(people);
        heard = heard.ToDictionary(one => one.Key, _ => new List<(SessionId, string)>());
        Collect(people, heard);
        AllHeard(people, said, heard);
        Assert.All(people, person => Assert.Equal(people.Count - 1, person.People.Count(other => other.Presence == Presence.Here)));
        foreach (var person in people)
            person.Dispose();
    }

    private static void Step(ModelRelay relay, List<RoomMachine> people, Dictionary<SessionId, List<string>> said, byte step, bool losesAll)
    {
        var at = step % people.Count;
        var person = people[at];
        switch (step / people.Count % 12)
        {
            case 0 or 1 when said[person.Me].Count < MaxSaid:
                said[person.Me].Add($"{said[person.Me].Count}");
                _ = person.Say(RoomContent.OfText(said[person.Me][^1]), relay.Now);
                break;
            case 2:
                relay.Cut(person);
                break;
            case 3 or 4:
                relay.Return(person);
                break;
            case 5 when losesAll:
                people[at] = relay.Restore(person);
                break;
            case 6 when losesAll && step % 2 == 0:
                relay.Restart();
                break;
            case 6 when losesAll:
                relay.Drop(person);
                break;
            case 7 or 8:
                _ = relay.Take(person);
                break;
            default:
                _ = relay.Give(person);
                break;
        }
    }

    private static (ModelRelay Relay, List<RoomMachine> People) Start(ulong seed, int kept = int.MaxValue)
    {
        var relay = new ModelRelay(seed, kept);
        List<RoomMachine> people = [relay.Open("Alice"), relay.Join("Bob"), relay.Join("Carol")];
        relay.Settle(people);
        return (relay, people);
    }

    private static void AllHeard(List<RoomMachine> people, Dictionary<SessionId, List<string>> said, Dictionary<SessionId, List<(SessionId From, string Text)>> heard)
    {
        foreach (var person in people)
        {
            foreach (var other in people.Where(other => other != person))
                Assert.Equal(said[other.Me], heard[person.Me].Where(line => line.From == other.Me).Select(line => line.Text));
        }
    }

    private static void Collect(List<RoomMachine> people, Dictionary<SessionId, List<(SessionId From, string Text)>> heard)
    {
        foreach (var person in people)
            heard[person.Me].AddRange(RoomModel.Heard(person).Where(h => h.Kind == RoomHeardKind.Message && h.Session != person.Me).Select(h => (h.Session, h.Content!.Text)));
    }

    private static string[] Texts(RoomMachine person) => [.. RoomModel.Heard(person).Where(h => h.Kind == RoomHeardKind.Message).Select(h => h.Content!.Text)];
}
