using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

public sealed class OfflineTests
{
    [Fact]
    public async Task One_side_is_offline_half_of_the_time_and_nothing_is_lost()
    {
        await using var world = new World(11);
        var (alice, bob) = await world.MeetAsync();
        var said = new List<string>();
        for (var round = 0; round < 6; round++)
        {
            if (round % 2 == 0)
                await bob.CloseAsync();
            else
                await bob.OpenAsync();
            said.Add($"to Bob {round}");
            _ = await alice.SayAsync(said[^1]);
            if (bob.IsRunning)
                _ = await bob.SayAsync($"to Alice {round}");
            await world.RunAsync(TimeSpan.FromHours(3));
        }
        Assert.Equal(said, await bob.HeardAsync());
        Assert.Equal(["to Alice 1", "to Alice 3", "to Alice 5"], await alice.HeardAsync());
    }

    [Fact]
    public async Task What_is_said_without_a_network_goes_out_when_there_is_one()
    {
        await using var world = new World(12);
        var (alice, bob) = await world.MeetAsync();
        alice.GoOffline();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await alice.SayAsync("one");
        _ = await alice.SayAsync("two");
        var synced = await world.DriveAsync(alice.Client.SyncAsync(CancellationToken.None).AsTask());
        Assert.Equal((2, 0, 1), (synced.Waiting, synced.RelaysReached, synced.RelaysMissed));
        await alice.RestartAsync();
        await world.RunAsync(TimeSpan.FromHours(5));
        Assert.Empty(await bob.HeardAsync());
        alice.GoOnline();
        await world.RunAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(["one", "two"], await bob.HeardAsync());
    }

    [Fact]
    public async Task The_relay_is_killed_in_between_and_comes_back_with_its_data()
    {
        await using var world = new World(13);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("before");
        world.Relays[0].Kill();
        await world.RunAsync(TimeSpan.FromMinutes(5));
        _ = await alice.SayAsync("meanwhile");
        _ = await bob.SayAsync("here too");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        world.Relays[0].Start();
        await world.RunAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(["before", "meanwhile"], await bob.HeardAsync());
        Assert.Equal(["here too"], await alice.HeardAsync());
    }

    [Fact]
    public async Task A_join_without_a_relay_in_reach_goes_on_by_itself()
    {
        await using var world = new World(14);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync(world.Relays[0]);
        await bob.CreateAsync(world.Relays[0]);
        _ = await alice.CreateChatAsync();
        world.Relays[0].Kill();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var joined = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        Assert.Equal(ChatStage.Joining, joined.Stage);
        _ = await bob.SayAsync("early");
        await bob.RestartAsync();
        world.Relays[0].Start();
        await world.RunAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
        Assert.Equal(["early"], await alice.HeardAsync());
    }

    [Fact]
    public async Task A_secret_made_without_a_relay_in_reach_says_so_and_works_once_one_has_it()
    {
        await using var world = new World(15);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync(world.Relays[0]);
        await bob.CreateAsync(world.Relays[0]);
        alice.GoOffline();
        var chat = await alice.CreateChatAsync();
        Assert.False((await alice.Client.GetSecretAsync(chat.Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).AtRelay);
        alice.GoOnline();
        await world.RunAsync(TimeSpan.FromMinutes(3));
        Assert.True((await alice.Client.GetSecretAsync(chat.Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).AtRelay);
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
    }

    [Fact]
    public async Task Somebody_who_was_away_for_two_months_gets_what_was_put_again()
    {
        // decision 15: what nobody acknowledged is put again before its time at the relay is over
        await using var world = new World(16);
        var (alice, bob) = await world.MeetAsync();
        await bob.CloseAsync();
        _ = await alice.SayAsync("see you in May");
        await world.RunAsync(TimeSpan.FromDays(60));
        await bob.OpenAsync();
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["see you in May"], await bob.HeardAsync());
    }

    [Fact]
    public async Task A_box_that_was_lost_is_asked_for_and_put_again()
    {
        // decisions 6, 15; E-23: a gap is seen and repaired by its author
        await using var world = new World(17);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        await bob.CloseAsync();
        var before = world.Relays[0].Boxes.Keys.ToHashSet();
        _ = await alice.SayAsync("lost");
        foreach (var address in world.Relays[0].Boxes.Keys.Except(before).ToArray())
            _ = world.Relays[0].Boxes.Remove(address);
        _ = await alice.SayAsync("kept");
        await bob.OpenAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["kept"], await bob.HeardAsync());
        await world.RunAsync(TimeSpan.FromHours(2));
        Assert.Equal(["kept", "lost"], (await bob.HeardAsync()).Order());
    }
}
