using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>E-39: a relay that lies is detected or survived.</summary>
public sealed class MaliciousRelayTests
{
    [Fact]
    public async Task One_that_withholds_is_survived_with_a_second_relay()
    {
        await using var world = new World(101, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[0].Behaviour = new Lie((relay, _, cell) => IsRead(cell) ? Nothing(relay, cell) : relay.AnswerHonestly(cell));
        await AssertTheyTalkAsync(world, alice, bob);
    }

    [Fact]
    public async Task One_that_withholds_is_survived_alone_once_it_stops()
    {
        await using var world = new World(102);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[0].Behaviour = new Lie((relay, _, cell) => IsRead(cell) ? Nothing(relay, cell) : relay.AnswerHonestly(cell));
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromHours(1));
        world.Relays[0].Behaviour = new RelayBehaviour();
        _ = await alice.SayAsync("two");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["one", "two"], (await bob.HeardAsync()).Order());
    }

    [Fact]
    public async Task One_that_accepts_and_forgets_is_survived_with_a_second_relay()
    {
        await using var world = new World(103, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[0].Behaviour = new Lie((relay, _, cell) => IsWrite(cell) ? Accepted(relay, cell) : relay.AnswerHonestly(cell));
        await AssertTheyTalkAsync(world, alice, bob);
    }

    [Fact]
    public async Task One_that_forgets_now_and_then_is_repaired_by_the_author()
    {
        // decision 15; E-23
        await using var world = new World(104);
        var (alice, bob) = await world.MeetAsync();
        var count = 0;
        world.Relays[0].Behaviour = new Lie((relay, _, cell) => IsWrite(cell) && ++count % 3 == 1 ? Accepted(relay, cell) : relay.AnswerHonestly(cell));
        for (var i = 0; i < 9; i++)
        {
            _ = await alice.SayAsync($"{i}");
            await world.RunAsync(TimeSpan.FromSeconds(10));
        }
        world.Relays[0].Behaviour = new RelayBehaviour();
        _ = await alice.SayAsync("9");
        await world.RunAsync(TimeSpan.FromHours(3));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), (await bob.HeardAsync()).Order());
    }

    [Fact]
    public async Task One_that_replays_and_swaps_boxes_is_detected_and_changes_nothing()
    {
        await using var world = new World(105);
        var (alice, bob) = await world.MeetAsync();
        using var events = new EventLog(bob);
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        world.Relays[0].Behaviour = new Lie((relay, _, cell) =>
        {
            if (!IsRead(cell))
                return relay.AnswerHonestly(cell);
            // an older box under the address that was asked for
            var other = relay.Boxes.Values.First(b => b.Payload.Length > 0);
            return Box(BoxStatus.Ok, cell, other);
        });
        _ = await alice.SayAsync("two");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["one"], await bob.HeardAsync());
        await events.HearAsync(ClientEventKind.RelayMisbehaved);
        world.Relays[0].Behaviour = new RelayBehaviour();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["one", "two"], await bob.HeardAsync());
        Assert.DoesNotContain(ChatNotice.TwoVersions, await bob.NoticesAsync());
    }

    [Fact]
    public async Task One_that_answers_with_another_address_truncates_or_sends_garbage_is_detected()
    {
        await using var world = new World(106);
        var (alice, bob) = await world.MeetAsync();
        using var events = new EventLog(bob);
        var round = 0;
        world.Relays[0].Behaviour = new Lie((relay, link, cell) =>
        {
            var answer = relay.AnswerHonestly(cell);
            if (link.Person != bob)
                return answer;
            switch (round++ % 3)
            {
                case 0:
                    answer[10] ^= 1;
                    return answer;
                case 1:
                    return answer[..^1];
                default:
                    var garbage = new byte[300];
                    world.Random.Fill(garbage);
                    return garbage;
            }
        });
        _ = await alice.SayAsync("one");
        _ = await bob.SayAsync("two");
        await world.RunAsync(TimeSpan.FromMinutes(10));
        await events.HearAsync(ClientEventKind.RelayMisbehaved);
        Assert.Empty(await bob.HeardAsync());
        world.Relays[0].Behaviour = new RelayBehaviour();
        await world.RunAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(["one"], await bob.HeardAsync());
        Assert.Equal(["two"], await alice.HeardAsync());
    }

    [Fact]
    public async Task One_that_answers_slowly_or_not_at_all_holds_nobody_up()
    {
        await using var world = new World(107, relays: 2);
        world.Relays[0].Behaviour = new Lie((relay, _, cell) => relay.AnswerHonestly(cell), TimeSpan.FromSeconds(20));
        world.Relays[1].Behaviour = new RelayBehaviour();
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync([.. world.Relays]);
        _ = await alice.CreateChatAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        world.Relays[0].Behaviour = new Lie((_, _, _) => null);
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
        await AssertTheyTalkAsync(world, alice, bob);
    }

    [Fact]
    public async Task A_forged_occupied_is_the_relays_fault_and_stops_nobody()
    {
        // decision 14: only a validly signed other box under the own address is evidence
        await using var world = new World(108, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        using var events = new EventLog(alice);
        world.Relays[0].Behaviour = new Lie((relay, _, cell) =>
        {
            if (!IsWrite(cell))
                return relay.AnswerHonestly(cell);
            var forged = new byte[BoxClass.Small.SealedSize];
            world.Random.Fill(forged);
            return Box(BoxStatus.Occupied, cell, new StoredBytes(BoxClass.Small, default, forged, default));
        });
        await AssertTheyTalkAsync(world, alice, bob);
        await events.HearAsync(ClientEventKind.RelayMisbehaved);
        Assert.DoesNotContain(ChatNotice.CopyInUse, await alice.NoticesAsync());
    }

    [Fact]
    public async Task A_forged_delete_is_not_believed()
    {
        // E-32
        await using var world = new World(109);
        var (alice, bob) = await world.MeetAsync();
        using var events = new EventLog(bob);
        var mark = world.Relays[0].Boxes.Values.FirstOrDefault(b => b.Payload.Length == 0)?.Signature ?? default;
        world.Relays[0].Behaviour = new Lie((relay, _, cell) =>
            IsRead(cell) && BoxRequest.TryRead(cell, out var request) == CellError.None ? relay.Status(BoxStatus.Deleted, request, mark) : relay.AnswerHonestly(cell));
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromMinutes(2));
        await events.HearAsync(ClientEventKind.RelayMisbehaved);
        world.Relays[0].Behaviour = new RelayBehaviour();
        await world.RunAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["one"], await bob.HeardAsync());
    }

    [Fact]
    public async Task Answers_that_a_relay_makes_up_do_not_look_like_a_secret_in_several_hands()
    {
        // decision 2: only who has the secret can write in its places
        await using var world = new World(110, relays: 2);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync([.. world.Relays]);
        world.Relays[0].Behaviour = new Lie((relay, link, cell) =>
        {
            if (link.Person != alice || !IsRead(cell))
                return relay.AnswerHonestly(cell);
            var forged = new byte[BoxClass.Small.SealedSize];
            world.Random.Fill(forged);
            return Box(BoxStatus.Ok, cell, new StoredBytes(BoxClass.Small, default, forged, default));
        });
        _ = await alice.CreateChatAsync();
        await alice.RestartAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(15));
        var chat = await alice.ChatAsync();
        Assert.Equal((ChatStage.Open, false), (chat.Stage, chat.SecretInSeveralHands));
    }

    [Fact]
    public async Task One_that_rings_only_for_some_is_survived_when_they_come_back()
    {
        // decision 9: selective bells
        await using var world = new World(111);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[0].Behaviour = new SelectiveBells(bob);
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await bob.HeardAsync());
        await bob.RestartAsync();
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["one"], await bob.HeardAsync());
    }

    [Fact]
    public async Task One_that_rings_differently_for_different_people_is_found_when_they_talk_E_39()
    {
        // decision 9: heads of bells go along with messages; each chain of bells is without fault for who hears only it
        await using var world = new World(114);
        var (alice, bob) = await world.MeetAsync();
        await bob.CloseAsync();
        world.Relays[0].Behaviour = new TwoFacedBells(bob);
        await bob.OpenAsync();
        using var events = new EventLog(alice);
        using var others = new EventLog(bob);
        _ = await alice.SayAsync("ring");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(ClientEventKind.RelayMisbehaved, others.Kinds);
        _ = await bob.SayAsync("what did you hear?");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await events.HearAsync(ClientEventKind.RelayMisbehaved, times: 1);
        Assert.Equal(["what did you hear?"], await alice.HeardAsync());
    }

    [Fact]
    public async Task One_that_rings_alike_for_all_is_accused_of_nothing()
    {
        await using var world = new World(115, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        using var events = new EventLog(alice);
        using var others = new EventLog(bob);
        for (var day = 0; day < 4; day++)
        {
            _ = await (day % 2 == 0 ? alice : bob).SayAsync($"day {day}");
            await world.RunAsync(TimeSpan.FromDays(1));
            world.Relays[0].Kill();
            await world.RunAsync(TimeSpan.FromMinutes(5));
            world.Relays[0].Start();
            await world.RunAsync(TimeSpan.FromMinutes(5));
        }
        Assert.DoesNotContain(ClientEventKind.RelayMisbehaved, events.Kinds);
        Assert.DoesNotContain(ClientEventKind.RelayMisbehaved, others.Kinds);
    }

    [Fact]
    public async Task Forged_and_garbled_bells_are_detected_and_change_nothing()
    {
        await using var world = new World(112);
        var (alice, bob) = await world.MeetAsync();
        using var events = new EventLog(bob);
        using var stranger = Ed25519PrivateKey.Generate(world.Random);
        var forged = new BellBuilder(world.Relays[0].Id, 5_000_000_000, default, world.Random).Ring(stranger);
        foreach (var link in world.Relays[0].Links.Where(l => l.Person == bob).ToArray())
        {
            link.Hear(forged.Encoded.ToArray());
            link.Hear(forged.Encoded[..^1].ToArray());
            link.Hear([]);
        }
        await world.SettleAsync();
        await events.HearAsync(ClientEventKind.RelayMisbehaved, times: 3);
        Assert.Equal(3, events.Kinds.Count(k => k == ClientEventKind.RelayMisbehaved));
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["one"], await bob.HeardAsync());
    }

    [Fact]
    public async Task Data_that_went_back_to_an_older_state_loses_nothing_that_was_read_and_hides_nothing_from_the_second_relay()
    {
        await using var world = new World(113, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        var old = world.Relays[0].Boxes.ToDictionary();
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromHours(1));
        world.Relays[0].RollBackTo(old);
        await bob.RestartAsync();
        await AssertTheyTalkAsync(world, alice, bob, "one");
    }

    [Fact]
    public async Task Two_contents_of_one_box_from_two_relays_are_both_kept_and_told_decision_14()
    {
        // decision 14: a copy of the writer's state that writes to the other relay
        await using var world = new World(114, relays: 2) { HasRivals = true };
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        await alice.CloseAsync();
        await bob.CloseAsync();
        var clone = world.Add("Alice");
        clone.Disk = alice.Disk.Clone();
        world.Relays[1].Kill();
        await alice.OpenAsync();
        _ = await alice.SayAsync("at the first relay");
        await alice.CrashAsync();
        world.Relays[1].Start();
        world.Relays[0].Kill();
        await clone.OpenAsync();
        _ = await clone.SayAsync("at the second relay");
        await clone.CrashAsync();
        world.Relays[0].Start();
        await bob.OpenAsync();
        // the copy at the other relay is looked at within ten minutes
        await world.RunAsync(TimeSpan.FromMinutes(12));
        var first = Assert.Single(await bob.HeardAsync());
        Assert.Equal(1, (await bob.NoticesAsync()).Count(n => n == ChatNotice.TwoVersions));
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
        // both are kept, also over a restart, and told once
        await bob.RestartAsync();
        await world.RunAsync(TimeSpan.FromHours(2));
        Assert.Equal([first], await bob.HeardAsync());
        Assert.Equal(1, (await bob.NoticesAsync()).Count(n => n == ChatNotice.TwoVersions));
        var engine = bob.Client.EngineForTestsOnly;
        var kept = Assert.Single(engine.Store.Facts.GetAll(engine.Require((await bob.ChatAsync()).Id).Entity, Secrets.Client.Engine.Schema.SecondContent));
        Assert.Equal(BoxError.None, SealedBox.TryRead(kept.AsBytes(), out var second));
        Assert.Contains(world.Relays, r => r.Boxes.TryGetValue(second!.Address, out var there) && there.Payload.AsSpan().SequenceEqual(second.Payload));
    }

    private static async Task AssertTheyTalkAsync(World world, Person alice, Person bob, params string[] before)
    {
        _ = await alice.SayAsync("hello Bob");
        _ = await bob.SayAsync("hello Alice");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        string[] expected = [.. before, "hello Bob"];
        Assert.Equal(expected, await bob.HeardAsync());
        Assert.Equal(["hello Alice"], await alice.HeardAsync());
    }

    private static bool IsRead(byte[] cell) => cell[0] == (byte)BoxOperation.Read;

    private static bool IsWrite(byte[] cell) => cell[0] == (byte)BoxOperation.Write;

    private static byte[] Nothing(MemoryRelay relay, byte[] cell) =>
        BoxRequest.TryRead(cell, out var request) == CellError.None ? relay.Status(BoxStatus.None, request, default) : [];

    private static byte[] Accepted(MemoryRelay relay, byte[] cell) =>
        BoxRequest.TryRead(cell, out var request) == CellError.None ? relay.Status(BoxStatus.Ok, request, default) : [];

    private static byte[] Box(BoxStatus status, byte[] cell, StoredBytes box)
    {
        _ = BoxRequest.TryRead(cell, out var request);
        var answer = new byte[request.Class.CellSize];
        BoxAnswer.WriteBox(answer, status, request.Class, request.Address, box.Signature, box.Payload);
        return answer;
    }
}
