using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

/// <summary>Somebody with many chats: what happens in one costs nothing for the others.</summary>
public sealed class ManyChatsTests
{
    private const int Chats = 40;

    [Fact]
    public async Task A_message_in_one_of_many_chats_costs_no_look_at_the_others()
    {
        await using var world = new World(171);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync([.. world.Relays]);
        for (var i = 0; i < Chats; i++)
        {
            var made = await alice.CreateChatAsync($"Chat {i}");
            var secret = (await alice.Client.GetSecretAsync(made.Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).Text;
            _ = await bob.JoinAsync(secret, $"Alice {i}");
            await world.RunAsync(TimeSpan.FromSeconds(20));
        }
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.All(await alice.Client.GetChatsAsync(CancellationToken.None), c => Assert.Equal(ChatStage.Open, c.Stage));
        var chat = (await alice.Client.FindChatAsync("Chat 7", CancellationToken.None)).Id;
        var (ofAlice, ofBob) = (alice.Client.EngineForTestsOnly.LooksAtChats, bob.Client.EngineForTestsOnly.LooksAtChats);
        for (var i = 0; i < 5; i++)
        {
            _ = await alice.Client.SendAsync(chat, $"{i}", CancellationToken.None);
            await world.RunAsync(TimeSpan.FromSeconds(10));
        }
        var there = (await bob.Client.FindChatAsync("Alice 7", CancellationToken.None)).Id;
        Assert.Equal(["0", "1", "2", "3", "4"], (await bob.Client.GetMessagesAsync(there, null, CancellationToken.None)).Where(l => l.Kind == MessageKind.Text).Select(l => l.Text));
        // a few for each message: it is kept, sent, taken, acknowledged
        Assert.InRange(alice.Client.EngineForTestsOnly.LooksAtChats - ofAlice, 1, Chats - 1);
        Assert.InRange(bob.Client.EngineForTestsOnly.LooksAtChats - ofBob, 1, Chats - 1);
    }
}
