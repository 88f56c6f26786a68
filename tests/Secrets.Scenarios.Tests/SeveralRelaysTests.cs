using Secrets.Client.Views;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

public sealed class SeveralRelaysTests
{
    [Fact]
    public async Task Of_two_relays_one_is_lost_for_good()
    {
        await using var world = new World(21, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("one");
        world.Relays[0].Kill();
        _ = await alice.SayAsync("two");
        _ = await bob.SayAsync("three");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        // the second copy of the first goes later than the only copy of the second
        Assert.Equal(["one", "two"], (await bob.HeardAsync()).Order());
        Assert.Equal(["three"], await alice.HeardAsync());
        await alice.RestartAsync();
        await bob.RestartAsync();
        _ = await alice.SayAsync("four");
        await world.RunAsync(TimeSpan.FromDays(2));
        Assert.Equal(["four", "one", "two"], (await bob.HeardAsync()).Order());
    }

    [Fact]
    public async Task Every_box_gets_to_both_relays_and_the_second_copy_goes_later()
    {
        // decision 9.5: colluding relays can't match the copies by time
        await using var world = new World(22, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        var before = world.Relays.Select(r => r.Boxes.Count).ToArray();
        await bob.CloseAsync();
        _ = await alice.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, world.Relays.Select((r, i) => r.Boxes.Count - before[i]).Sum());
        await world.RunAsync(TimeSpan.FromMinutes(12));
        Assert.Equal([1, 1], world.Relays.Select((r, i) => r.Boxes.Count - before[i]));
    }

    [Fact]
    public async Task The_other_copy_of_a_box_is_looked_at_once_and_later()
    {
        // decisions 9.5 and 14
        await using var world = new World(25, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        var before = world.Relays.Select(r => r.Boxes.Keys.ToHashSet()).ToArray();
        // the next place was looked at when it was empty
        foreach (var relay in world.Relays)
            relay.Heard.Clear();
        _ = await alice.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromSeconds(20));
        Assert.Equal([1], Reads());
        await world.RunAsync(TimeSpan.FromMinutes(25));
        Assert.Equal(["hello"], await bob.HeardAsync());
        // the message and its acknowledgement, each at two relays; a copy that was looked for too early is looked for again when its bell rang
        Assert.Equal(4, Reads().Count);
        Assert.All(Reads(), r => Assert.InRange(r, 1, 2));
        await world.RunAsync(TimeSpan.FromHours(3));
        Assert.Equal(4, Reads().Count);
        Assert.All(Reads(), r => Assert.InRange(r, 1, 2));
        Assert.DoesNotContain(ChatNotice.TwoVersions, (await bob.NoticesAsync()).Concat(await alice.NoticesAsync()));

        List<int> Reads() => [.. world.Relays.Zip(before).SelectMany(r => r.First.Boxes.Keys.Except(r.Second).Select(a => ReadsOf(r.First, a)))];
    }

    [Fact]
    public async Task Not_more_copies_are_looked_at_than_the_budget_has()
    {
        await using var world = new World(26, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(2));
        var before = world.Relays.Select(r => r.Boxes.Keys.ToHashSet()).ToArray();
        for (var i = 0; i < 200; i++)
            _ = await alice.SayAsync($"{i}");
        await world.RunAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(200, (await bob.HeardAsync()).Length);
        var reads = world.Relays.Zip(before).Sum(r => r.First.Boxes.Keys.Except(r.Second).Sum(a => ReadsOf(r.First, a)));
        Assert.InRange(reads, 200 + 40, 200 + 120);
        Assert.DoesNotContain(ChatNotice.TwoVersions, await bob.NoticesAsync());
    }

    private static int ReadsOf(MemoryRelay relay, BoxAddress address) =>
        relay.Heard.Count(c => BoxRequest.TryRead(c, out var request) == CellError.None && request.Operation == BoxOperation.Read && request.Address == address);

    [Fact]
    public async Task The_copies_of_a_box_at_two_relays_have_nothing_in_common()
    {
        // decision 17
        await using var world = new World(23, relays: 2);
        var (alice, _) = await world.MeetAsync();
        _ = await alice.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.Empty(world.Relays[0].Boxes.Keys.Intersect(world.Relays[1].Boxes.Keys));
        Assert.Empty(world.Relays[0].Boxes.Values.Where(b => b.Payload.Length > 0).Select(b => Convert.ToHexString(b.Payload))
            .Intersect(world.Relays[1].Boxes.Values.Select(b => Convert.ToHexString(b.Payload))));
    }

    [Fact]
    public async Task The_guest_needs_only_one_of_the_owners_relays()
    {
        await using var world = new World(24, relays: 2);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync(world.Relays[1]);
        _ = await alice.CreateChatAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        world.Relays[0].Kill();
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        _ = await bob.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
        Assert.Equal(["hello"], await alice.HeardAsync());
    }
}
