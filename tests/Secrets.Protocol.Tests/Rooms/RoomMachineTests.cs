using FsCheck;
using FsCheck.Fluent;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Tests.Rooms;

/// <summary>What people in a room hear, whatever the relay does.</summary>
public sealed class RoomMachineTests
{
    [Fact]
    public void Who_comes_later_hears_what_is_said_from_then_on_and_nothing_before()
    {
        var model = new RoomModel(1);
        var alice = model.Open("Alice");
        var bob = model.Join("Bob");
        model.Settle(alice, bob);
        _ = alice.Say(RoomContent.OfText("before"), model.Now);
        model.Settle(alice, bob);
        var recorded = model.Items.ToList();
        var carol = model.Join("Carol");
        model.Settle(alice, bob, carol);
        _ = RoomModel.Heard(carol);
        for (var i = 0; i < recorded.Count; i++)
        {
            Assert.Equal(RoomItemError.None, RoomItem.TryRead(recorded[i], out var item));
            // join messages say who is there, and open to who has the code
            if (item.Kind == RoomItemKind.Frame && item.Body[0] != 1)
                Assert.NotEqual(RoomFrameError.None, carol.Hear(RoomItem.Frame((ulong)(1_000 + i), false, item.From, item.To, item.Body).Span, model.Now));
        }
        Assert.DoesNotContain(RoomModel.Heard(carol), heard => heard.Kind == RoomHeardKind.Message);
    }

    [Fact]
    public void Everybody_hears_everybody_and_the_words_agree()
    {
        var model = new RoomModel(2);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);

        _ = carol.Say(RoomContent.OfText("Hello"), model.Now);
        carol.Type(isOn: true, model.Now);
        model.Take(carol);
        Assert.True(bob.Call(alice.Me, "offer"u8, model.Now));
        model.Settle(alice, bob, carol);

        var heard = RoomModel.Heard(alice);
        Assert.Equal("Hello", heard.Single(h => h.Kind == RoomHeardKind.Message).Content!.Text);
        Assert.Equal("offer"u8.ToArray(), heard.Single(h => h.Kind == RoomHeardKind.Call).Signal.ToArray());
        Assert.True(heard.Single(h => h.Kind == RoomHeardKind.Typing).IsOn);
        Assert.Equal(alice.SafetyWords(), bob.SafetyWords());
        Assert.Equal(alice.SafetyWords(), carol.SafetyWords());
    }

    [Fact]
    public void A_frame_is_refused_from_another_twice_or_changed_in_any_byte()
    {
        var model = new RoomModel(3);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        _ = alice.Say(RoomContent.OfText("Hello"), model.Now);
        model.Take(alice);
        var item = model.Items[^1];
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(item, out var read));
        var body = read.Body.ToArray();
        var number = read.Number + 1_000;

        Assert.Equal(RoomFrameError.Rejected, bob.Hear(RoomItem.Frame(++number, false, carol.Me, default, body).Span, model.Now));
        for (var at = 0; at < body.Length; at++)
        {
            var changed = body.ToArray();
            changed[at] ^= 1;
            Assert.NotEqual(RoomFrameError.None, bob.Hear(RoomItem.Frame(++number, false, alice.Me, default, changed).Span, model.Now));
        }
        Assert.Equal(RoomFrameError.None, bob.Hear(RoomItem.Frame(++number, false, alice.Me, default, body).Span, model.Now));
        Assert.Equal(RoomFrameError.Replayed, bob.Hear(RoomItem.Frame(++number, false, alice.Me, default, body).Span, model.Now));
    }

    [Fact]
    public void A_message_that_a_relay_withholds_is_noticed_also_by_who_answers_it()
    {
        var model = new RoomModel(4);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        _ = alice.Say(RoomContent.OfText("one"), model.Now);
        model.Settle(alice, bob, carol);
        _ = carol.Say(RoomContent.OfText("two"), model.Now);
        model.Settle(alice, bob, carol);
        _ = RoomModel.Heard(bob);

        _ = alice.Say(RoomContent.OfText("three"), model.Now);
        model.Take(alice);
        Assert.True(model.Give(bob, isLost: true));
        model.Settle(alice, carol);
        _ = carol.Say(RoomContent.OfText("four"), model.Now);
        _ = alice.Say(RoomContent.OfText("five"), model.Now);
        model.Settle(alice, bob, carol);

        var heard = RoomModel.Heard(bob);
        Assert.Contains(heard, h => h.Kind == RoomHeardKind.Withheld && h.Session == carol.Me);
        Assert.Contains(heard, h => h.Kind == RoomHeardKind.Gap && h.Session == alice.Me && h.Count == 1);
    }

    [Fact]
    public void Who_was_removed_opens_nothing_more_and_who_is_new_in_a_locked_room_is_given_no_key()
    {
        var model = new RoomModel(5);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        Assert.True(alice.Remove(bob.Me, model.Now));
        model.Settle(alice, carol);
        Assert.True(alice.Lock(isLocked: true));
        model.Settle(alice, carol);
        var dora = model.Join("Dora");
        model.Settle(alice, carol, dora);
        _ = carol.Say(RoomContent.OfText("only us"), model.Now);
        model.Settle(alice, carol, dora);
        while (model.Give(bob))
            _ = bob;

        Assert.Contains(RoomModel.Heard(alice), h => h.Kind == RoomHeardKind.Message);
        Assert.DoesNotContain(RoomModel.Heard(bob), h => h.Kind == RoomHeardKind.Message);
        Assert.DoesNotContain(RoomModel.Heard(dora), h => h.Kind is RoomHeardKind.Message or RoomHeardKind.Joined);
        Assert.False(bob.Lock(isLocked: false));
    }

    [Fact]
    public void In_a_locked_room_an_introduction_of_somebody_new_is_not_taken_nor_answered_whatever_the_relay_does()
    {
        var model = new RoomModel(14);
        var alice = model.Open("Alice");
        var bob = model.Join("Bob");
        model.Settle(alice, bob);
        Assert.True(alice.Lock(isLocked: true));
        model.Settle(alice, bob);
        _ = RoomModel.Heard(alice);

        var eve = model.Sneak("Eve");
        while (!eve.IsLocked)
            Assert.True(model.Give(eve));
        var asked = model.Items.Where(item => RoomItem.TryRead(item, out var read) == RoomItemError.None && read.From == eve.Me && read.To == alice.Me);
        Assert.NotEmpty(asked);
        model.Settle(alice, bob, eve);
        _ = alice.Say(RoomContent.OfText("only us"), model.Now);
        model.Settle(alice, bob, eve);

        Assert.DoesNotContain(RoomModel.Heard(alice), h => h.Kind == RoomHeardKind.Joined);
        Assert.DoesNotContain(model.Items, item => RoomItem.TryRead(item, out var read) == RoomItemError.None && read.Kind == RoomItemKind.Frame && read.To == eve.Me);
        Assert.DoesNotContain(RoomModel.Heard(eve), h => h.Kind == RoomHeardKind.Message);
        Assert.Contains(RoomModel.Heard(bob), h => h.Kind == RoomHeardKind.Message);
    }

    [Fact]
    public void A_second_statement_of_one_number_is_refused()
    {
        var model = new RoomModel(6);
        var alice = model.Open("Alice");
        var bob = model.Join("Bob");
        model.Settle(alice, bob);
        using var state = alice.ExportState();
        Assert.Equal(RoomFrameError.None, RoomMachine.TryRestore(state.Bytes, model.Random, out var fork));
        Assert.True(alice.Lock(isLocked: true));
        Assert.True(fork!.Remove(bob.Me, model.Now));
        // bob is given the lock, alice's copy the removal, which the relay can't take back
        Assert.True(fork.TryTakeRequest(out var other));
        Assert.Equal(RoomItemError.None, RoomRequest.TryRead(other.Span, out var removal));
        Assert.Equal(StatementError.None, Statement.TryRead(removal.Body, out var statement));
        model.Settle(alice, bob);

        Assert.Equal(RoomFrameError.WrongStatement, bob.Hear(RoomItem.Stated(9_999, statement!).Span, model.Now));
        Assert.Equal(RoomEnd.None, bob.End);
    }

    [Fact]
    public void What_the_owner_decides_in_one_breath_is_numbered_and_nothing_of_it_is_lost()
    {
        var model = new RoomModel(10);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);

        Assert.True(alice.Lock(isLocked: true));
        Assert.True(alice.Remove(bob.Me, model.Now));
        _ = alice.Say(RoomContent.OfText("only us"), model.Now);
        Assert.True(alice.HandOver(carol.Me));
        Assert.False(alice.Lock(isLocked: false));
        model.Settle(alice, carol);
        while (model.Give(bob))
            _ = bob;

        Assert.Equal([1u, 2u, 3u], Numbers(model.Items));
        Assert.True(carol is { IsLocked: true, IsOwner: true });
        Assert.Contains(RoomModel.Heard(carol), h => h.Kind == RoomHeardKind.Message);
        Assert.DoesNotContain(RoomModel.Heard(bob), h => h.Kind == RoomHeardKind.Message);
        Assert.Single(RoomModel.Heard(alice), h => h.Kind == RoomHeardKind.Removed);
        Assert.True(carol.Lock(isLocked: false));
        model.Settle(alice, carol);
        Assert.False(alice.IsLocked);
    }

    [Fact]
    public void What_the_owner_decided_on_a_line_that_was_cut_is_brought_by_the_next_entry()
    {
        var model = new RoomModel(11);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        Assert.True(alice.Lock(isLocked: true));
        Assert.True(alice.Remove(bob.Me, model.Now));
        alice.Disconnected();
        model.Settle(carol);
        Assert.False(carol.IsLocked);

        alice = model.Restore(alice, model.CursorOf(alice));
        model.Settle(alice, carol);

        Assert.Equal([1u, 2u], Numbers(model.Items));
        Assert.True(carol.IsLocked);
        Assert.DoesNotContain(carol.People, person => person.Session == bob.Me);
    }

    [Fact]
    public void Decisions_given_in_another_order_or_twice_are_taken_once_and_in_theirs()
    {
        var model = new RoomModel(12);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        var before = model.Items.Count;
        Assert.True(alice.Lock(isLocked: true));
        Assert.True(alice.Remove(bob.Me, model.Now));
        Assert.True(alice.Lock(isLocked: false));
        model.Take(alice);
        var decisions = model.Items.Skip(before).Where(item => item[0] == (byte)RoomItemKind.Statement).Select(Decision).ToList();
        _ = RoomModel.Heard(carol);

        Assert.Equal(RoomFrameError.WrongStatement, carol.Hear(RoomItem.Stated(9_001, decisions[2]).Span, model.Now));
        Assert.Equal(RoomFrameError.WrongStatement, carol.Hear(RoomItem.Stated(9_002, decisions[1]).Span, model.Now));
        Assert.Empty(RoomModel.Heard(carol));
        Assert.Equal(RoomFrameError.None, carol.Hear(RoomItem.Stated(9_003, decisions[0]).Span, model.Now));
        Assert.Equal([RoomHeardKind.Locked, RoomHeardKind.Removed, RoomHeardKind.Unlocked], RoomModel.Heard(carol).Select(h => h.Kind));
        foreach (var (i, decision) in decisions.Index())
            Assert.Equal(RoomFrameError.None, carol.Hear(RoomItem.Stated((ulong)(9_004 + i), decision).Span, model.Now));
        _ = carol.Hear(RoomItem.Present(9_999, alice.Me, Presence.Here, TimeSpan.Zero).Span, model.Now + 60_000);

        Assert.False(carol.IsLocked);
        Assert.DoesNotContain(RoomModel.Heard(carol), h => h.Kind is RoomHeardKind.Locked or RoomHeardKind.Removed or RoomHeardKind.Unlocked or RoomHeardKind.Divided);
    }

    [Fact]
    public void A_decision_that_is_kept_back_while_a_later_one_is_given_is_noticed()
    {
        var model = new RoomModel(13);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        Assert.True(alice.Lock(isLocked: true));
        Assert.True(alice.Remove(bob.Me, model.Now));
        model.Take(alice);
        var later = Decision(model.Items.Last(item => item[0] == (byte)RoomItemKind.Statement));
        _ = RoomModel.Heard(carol);

        Assert.Equal(RoomFrameError.WrongStatement, carol.Hear(RoomItem.Stated(9_001, later).Span, model.Now));
        _ = carol.Hear(RoomItem.Present(9_002, alice.Me, Presence.Away, RoomsNetwork.Grace).Span, model.Now + 60_000);

        Assert.Contains(RoomModel.Heard(carol), h => h.Kind == RoomHeardKind.Divided);
    }

    [Fact]
    public void A_decision_that_the_relay_keeps_from_one_member_is_told_by_another()
    {
        var model = new RoomModel(8);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        Assert.True(alice.Lock(isLocked: true));
        model.Take(alice);
        // the lock is kept from Carol; Bob comes back, and introduces himself with it
        Assert.True(model.Give(carol, isLost: true));
        model.Settle(alice, bob);
        bob = model.Restore(bob, model.CursorOf(bob));
        model.Settle(alice, bob, carol);
        Assert.False(carol.IsLocked);
        Assert.DoesNotContain(RoomModel.Heard(carol), h => h.Kind == RoomHeardKind.Divided);

        _ = carol.Hear(RoomItem.Present(9_999, bob.Me, Presence.Away, RoomsNetwork.Grace).Span, model.Now + 60_000);

        Assert.Contains(RoomModel.Heard(carol), h => h.Kind == RoomHeardKind.Divided);
    }

    [Fact]
    public void What_somebody_said_who_is_shown_as_gone_cannot_be_given_again_after_a_reload()
    {
        var model = new RoomModel(9);
        var alice = model.Open("Alice");
        var (bob, carol) = (model.Join("Bob"), model.Join("Carol"));
        model.Settle(alice, bob, carol);
        _ = bob.Say(RoomContent.OfText("once"), model.Now);
        model.Settle(alice, bob, carol);
        var recorded = model.Items.ToList();
        _ = alice.Hear(RoomItem.Present(9_000, bob.Me, Presence.Left, TimeSpan.Zero).Span, model.Now);
        _ = RoomModel.Heard(alice);

        alice = model.Restore(alice, 9_000);
        foreach (var (i, item) in recorded.Index())
        {
            Assert.Equal(RoomItemError.None, RoomItem.TryRead(item, out var read));
            if (read.Kind == RoomItemKind.Frame)
                _ = alice.Hear(RoomItem.Frame((ulong)(9_001 + i), read.IsPassing, read.From, read.To, read.Body).Span, model.Now);
        }

        Assert.DoesNotContain(RoomModel.Heard(alice), heard => heard.Kind == RoomHeardKind.Message);
    }

    [Fact]
    public void A_state_holds_nothing_of_what_was_said_and_a_new_sender_key_every_time()
    {
        var model = new RoomModel(7);
        var alice = model.Open("Alice");
        var bob = model.Join("Bob");
        model.Settle(alice, bob);
        _ = bob.Say(RoomContent.OfText("what was said"), model.Now);
        model.Settle(alice, bob);
        using var state = bob.ExportState();
        Assert.True(state.Bytes.IndexOf("what was said"u8) < 0);

        // a copied tab: both say something with the state that they had
        var first = model.Restore(bob, model.Items.Count);
        _ = first.Say(RoomContent.OfText("one"), model.Now);
        var second = model.Restore(bob, model.Items.Count);
        _ = second.Say(RoomContent.OfText("two"), model.Now);
        model.Take(first);
        model.Take(second);

        var keys = model.Items.Select(KeyId).Where(id => id is not null).ToList();
        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void Whatever_is_lost_doubled_or_taken_up_again_everything_heard_was_said_once_and_in_order() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Arb.From(Gen.Choose(0, int.MaxValue)), Holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(25)).WithEndSize(80));

    private static void Holds(byte[] steps, int seed)
    {
        var model = new RoomModel((ulong)seed);
        List<RoomMachine> people = [model.Open("Alice"), model.Join("Bob"), model.Join("Carol")];
        model.Settle(people);
        var said = new Dictionary<SessionId, List<string>>();
        var heard = people.ToDictionary(person => person.Me, _ => new Dictionary<SessionId, List<string>>());
        foreach (var step in steps)
        {
            var at = step % people.Count;
            var person = people[at];
            switch ((step / people.Count) % 6)
            {
                case 0 or 1:
                    var text = $"{said.Values.Sum(texts => texts.Count)}";
                    (said.TryGetValue(person.Me, out var mine) ? mine : said[person.Me] = []).Add(text);
                    _ = person.Say(RoomContent.OfText(text), model.Now);
                    model.Take(person);
                    break;
                case 2:
                    _ = model.Give(person, isLost: true);
                    break;
                case 3 when model.Items.Count > 0:
                    // an item of before with a new number, as a relay would replay it
                    Assert.Equal(RoomItemError.None, RoomItem.TryRead(model.Items[(int)model.Random.Next((uint)model.Items.Count)], out var old));
                    if (old.Kind == RoomItemKind.Frame)
                        _ = person.Hear(RoomItem.Frame((ulong)model.Items.Count, old.IsPassing, old.From, old.To, old.Body).Span, model.Now);
                    model.Take(person);
                    break;
                case 4:
                    Collect(person, heard[person.Me]);
                    people[at] = model.Restore(person, model.CursorOf(person));
                    person.Dispose();
                    break;
                default:
                    _ = model.Give(person);
                    break;
            }
            Collect(people[at], heard[people[at].Me]);
        }
        model.Settle(people);
        foreach (var person in people)
        {
            Collect(person, heard[person.Me]);
            foreach (var (from, texts) in heard[person.Me])
            {
                Assert.Equal(texts.Distinct(), texts);
                Assert.Equal(texts, said[from].Intersect(texts));
            }
        }
    }

    private static void Collect(RoomMachine person, Dictionary<SessionId, List<string>> heard)
    {
        foreach (var one in RoomModel.Heard(person).Where(h => h.Kind == RoomHeardKind.Message && h.Session != person.Me))
            (heard.TryGetValue(one.Session, out var texts) ? texts : heard[one.Session] = []).Add(one.Content!.Text);
    }

    private static Statement Decision(byte[] item)
    {
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(item, out var read));
        Assert.Equal(StatementError.None, Statement.TryRead(read.Body, out var statement));
        return statement!;
    }

    private static uint[] Numbers(IEnumerable<byte[]> items) => [.. items.Where(item => item[0] == (byte)RoomItemKind.Statement).Select(item => Decision(item).Number)];

    private static ulong? KeyId(byte[] item) =>
        RoomItem.TryRead(item, out var read) == RoomItemError.None && read.Kind == RoomItemKind.Frame && read.Body[0] == 3 ? System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(read.Body[1..]) : null;
}
