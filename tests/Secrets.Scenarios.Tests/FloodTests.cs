using Secrets.Client.Views;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>E-69: who sends without end fills nothing and holds nobody up.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task A_relay_that_rings_without_end_is_heard_slowly_and_fills_no_memory()
    {
        await using var world = new World(151, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        var flooding = world.Relays[0];
        var link = flooding.Links.Single(l => l.Person == bob);
        foreach (var bell in Flood(world, flooding, long_: 20, short_: 600))
            link.Hear(bell);
        await world.SettleAsync();
        var engine = bob.Client.EngineForTestsOnly;
        Assert.InRange(link.WaitingBells, 620 - 70, 619);
        Assert.InRange(engine.Backlog.Work, 0, 4);
        Assert.InRange(engine.Backlog.Prefixes, 1, 65_536);
        // four a second
        await world.RunAsync(TimeSpan.FromSeconds(60));
        Assert.InRange(link.WaitingBells, 620 - 70 - 245, 620 - 230);
        Assert.InRange(engine.Backlog.Prefixes, 1, 65_536);
        _ = await alice.SayAsync("hello Bob");
        _ = await bob.SayAsync("hello Alice");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["hello Bob"], await bob.HeardAsync());
        Assert.Equal(["hello Alice"], await alice.HeardAsync());
        Assert.Equal(0, link.WaitingBells);
        // it rings as it should again: the numbers of its made-up bells are no hindrance
        world.Relays[1].Kill();
        flooding.Disconnect();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await alice.SayAsync("and again");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["hello Bob", "and again"], await bob.HeardAsync());
    }

    [Fact]
    public async Task A_client_that_is_closed_while_bells_flood_in_ends()
    {
        await using var world = new World(152);
        var (_, bob) = await world.MeetAsync();
        var link = world.Relays[0].Links.Single(l => l.Person == bob);
        foreach (var bell in Flood(world, world.Relays[0], long_: 2, short_: 200))
            link.Hear(bell);
        await bob.CloseAsync();
        await bob.OpenAsync();
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
    }

    [Fact]
    public async Task A_participant_who_floods_is_read_in_portions_and_keeps_no_other_chat_waiting_decision_28_E_69()
    {
        const int Flooding = 1_100;
        await using var world = new World(153);
        var (alice, bob) = await world.MeetAsync();
        var carol = world.Add("Carol");
        await carol.CreateAsync(world.Relays[0]);
        var other = await bob.Client.CreateChatAsync("Carol", TimeSpan.FromDays(14), CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await carol.JoinAsync((await bob.Client.GetSecretAsync(other.Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).Text, "Bob");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await bob.CloseAsync();
        var chat = (await alice.ChatAsync()).Id;
        for (var i = 0; i < Flooding; i++)
            _ = await alice.Client.SendAsync(chat, $"{i}", CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await bob.OpenAsync();
        var lunch = (await bob.Client.FindChatAsync("Alice", CancellationToken.None)).Id;
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.InRange(await HeardAsync(lunch), 900, 1_060);
        _ = await carol.SayAsync("may I?");
        await world.RunAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, await HeardAsync(other.Id));
        Assert.True(await HeardAsync(lunch) < Flooding);
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal(Enumerable.Range(0, Flooding).Select(i => $"{i}"), (await bob.Client.GetMessagesAsync(lunch, null, CancellationToken.None)).Where(l => l.Kind == MessageKind.Text).Select(l => l.Text));

        async Task<int> HeardAsync(Secrets.Client.ChatId id) =>
            (await bob.Client.GetMessagesAsync(id, null, CancellationToken.None)).Count(l => l is { Kind: MessageKind.Text, Own: false });
    }

    private static IEnumerable<byte[]> Flood(World world, MemoryRelay relay, int long_, int short_)
    {
        var builder = new BellBuilder(relay.Id, 4_000_000_000, default, world.Random);
        var random = new byte[BoxAddress.Size];
        for (var i = 0; i < long_ + short_; i++)
        {
            while (i < long_)
            {
                world.Random.Fill(random);
                _ = BoxAddress.TryRead(random, out var address);
                if (!builder.TryAdd(address))
                    break;
            }
            yield return builder.Ring(relay.Key).Encoded.ToArray();
        }
    }
}
