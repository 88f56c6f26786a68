using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

public sealed class ClockTests
{
    [Theory]
    [InlineData(71UL, 9)]
    [InlineData(72UL, -9)]
    [InlineData(73UL, 400)]
    [InlineData(74UL, -400)]
    public async Task The_clock_jumps_by_days_and_nothing_is_lost(ulong seed, int days)
    {
        await using var world = new World(seed);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("before");
        _ = await bob.SayAsync("before too");
        world.Time.Jump(TimeSpan.FromDays(days));
        _ = await alice.SayAsync("after");
        await world.RunAsync(TimeSpan.FromHours(1));
        await alice.RestartAsync();
        _ = await bob.SayAsync("after too");
        await world.RunAsync(TimeSpan.FromHours(1));
        world.Time.Jump(TimeSpan.FromDays(-days));
        _ = await alice.SayAsync("back");
        _ = await bob.SayAsync("back too");
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal(["before", "after", "back"], await bob.HeardAsync());
        Assert.Equal(["before too", "after too", "back too"], await alice.HeardAsync());
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
    }

    [Fact]
    public async Task Two_who_are_silent_for_a_year_still_have_their_chat()
    {
        // decision 18: the lease is renewed weekly without anybody doing anything
        await using var world = new World(75);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromDays(365));
        _ = await alice.SayAsync("happy new year");
        await world.RunAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(["happy new year"], await bob.HeardAsync());
        Assert.Equal(Protocol.Chats.DeliveryState.Received, (await alice.LinesAsync())[^1].State);
    }

    [Fact]
    public async Task Two_who_were_both_away_for_months_find_each_other_again()
    {
        await using var world = new World(76);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        await alice.CloseAsync();
        await bob.CloseAsync();
        await world.RunAsync(TimeSpan.FromDays(80));
        await alice.OpenAsync();
        _ = await alice.SayAsync("still there?");
        await world.RunAsync(TimeSpan.FromMinutes(10));
        await alice.CloseAsync();
        await bob.OpenAsync();
        _ = await bob.SayAsync("yes");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        await alice.OpenAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["still there?"], await bob.HeardAsync());
        Assert.Equal(["yes"], await alice.HeardAsync());
    }
}
