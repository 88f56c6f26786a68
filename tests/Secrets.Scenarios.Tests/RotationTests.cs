using Secrets.Client.Views;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>Pair channels that are replaced (decision 1), and pieces that never come.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task Decision_1_a_pair_channel_is_replaced_by_count_and_nothing_is_lost_on_the_way()
    {
        await using var world = new World(81);
        var (alice, bob) = await world.MeetAsync();
        var said = Enumerable.Range(0, 540).Select(i => $"message {i}").ToArray();
        foreach (var text in said[..250])
            _ = await alice.SayAsync(text);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        bob.GoOffline();
        foreach (var text in said[250..300])
            _ = await alice.SayAsync(text);
        await alice.CrashAndOpenAsync();
        bob.GoOnline();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        foreach (var text in said[300..])
            _ = await alice.SayAsync(text);
        await bob.RestartAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(said, await bob.HeardAsync());
        _ = await bob.SayAsync("all of it");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["all of it"], await alice.HeardAsync());
        Assert.All((await alice.LinesAsync()).Where(l => l is { Own: true, Kind: MessageKind.Text }), l => Assert.Equal(Protocol.Chats.DeliveryState.Received, l.State));
        Assert.DoesNotContain(ChatNotice.MessagesMissing, await bob.NoticesAsync());
    }

    [Fact]
    public async Task Decision_1_a_pair_channel_is_replaced_by_time()
    {
        await using var world = new World(82);
        var (alice, bob) = await world.MeetAsync();
        var said = new List<string>();
        for (var week = 0; week < 12; week++)
        {
            said.Add($"week {week}");
            _ = await alice.SayAsync(said[^1]);
            _ = await bob.SayAsync($"heard {week}");
            await world.RunAsync(TimeSpan.FromDays(7));
        }
        Assert.Equal(said, await bob.HeardAsync());
        Assert.Equal(12, (await alice.HeardAsync()).Length);
    }

    [Fact]
    public async Task A_long_text_whose_box_a_relay_lost_holds_nothing_else_up()
    {
        await using var world = new World(83);
        var (alice, bob) = await world.MeetAsync();
        bob.GoOffline();
        var before = world.Relays[0].Boxes.Keys.ToHashSet();
        _ = await alice.SayAsync(new string('x', 60_000));
        await world.RunAsync(TimeSpan.FromSeconds(10));
        var large = world.Relays[0].Boxes.Single(b => !before.Contains(b.Key) && b.Value.Class == BoxClass.Large);
        world.Relays[0].Forget(large.Key);
        bob.GoOnline();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        // all or nothing: no part of it is shown
        Assert.Empty(await bob.HeardAsync());
        _ = await alice.SayAsync("and on");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["and on"], await bob.HeardAsync());
    }
}
