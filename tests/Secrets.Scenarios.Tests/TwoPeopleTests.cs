using Secrets.Protocol.Chats;

namespace Secrets.Scenarios.Tests;

public sealed class TwoPeopleTests
{
    [Fact]
    public async Task Two_people_meet_and_say_things_both_ways()
    {
        await using var world = new World(1);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("Noodles at one?");
        await world.RunAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["Noodles at one?"], await bob.HeardAsync());
        _ = await bob.SayAsync("Half past.");
        await world.RunAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["> Noodles at one?", "< Half past."], await alice.TextsAsync());
        Assert.Equal(["< Noodles at one?", "> Half past."], await bob.TextsAsync());
    }

    [Fact]
    public async Task What_was_said_becomes_received_once_the_other_side_has_acknowledged_it()
    {
        await using var world = new World(2);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(DeliveryState.Sent, (await alice.LinesAsync()).Single(l => l.Text == "one").State);
        // decision 25: late, at a random time
        await world.RunAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(DeliveryState.Received, (await alice.LinesAsync()).Single(l => l.Text == "one").State);
        Assert.Equal(["one"], await bob.HeardAsync());
    }

    [Fact]
    public async Task What_the_owner_said_before_the_guest_joined_goes_first()
    {
        await using var world = new World(3);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync(world.Relays[0]);
        await bob.CreateAsync(world.Relays[0]);
        _ = await alice.CreateChatAsync();
        _ = await alice.SayAsync("first");
        _ = await alice.SayAsync("second");
        await world.RunAsync(TimeSpan.FromHours(1));
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        _ = await bob.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await alice.SayAsync("third");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["first", "second", "third"], await bob.HeardAsync());
        Assert.Equal(["hello"], await alice.HeardAsync());
    }
}
