using Secrets.Client;
using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

/// <summary>A device connects straight only to relays that its person chose or allowed (decision 11).</summary>
public sealed class ChosenRelaysTests
{
    [Fact]
    public async Task A_chat_works_over_the_chosen_one_of_the_relays_that_its_secret_names_and_the_other_is_never_connected_to()
    {
        await using var world = new World(141, relays: 2);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync(world.Relays[1]);
        _ = await alice.CreateChatAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var before = world.Relays[0].Connections;
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        _ = await alice.SayAsync("hello");
        _ = await bob.SayAsync("hello to you");
        await world.RunAsync(TimeSpan.FromHours(1));
        await bob.RestartAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal(["hello"], await bob.HeardAsync());
        Assert.Equal(["hello to you"], await alice.HeardAsync());
        Assert.Equal(before, world.Relays[0].Connections);
        Assert.Equal(world.Relays[1].Address, Assert.Single(await bob.Client.GetRelaysAsync(CancellationToken.None)).Address);
    }

    [Theory]
    [InlineData(142UL, true)]
    [InlineData(143UL, false)]
    public async Task A_secret_that_names_only_other_relays_is_entered_when_the_person_allows_it(ulong seed, bool asNewChat)
    {
        await using var world = new World(seed, relays: 2);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync(world.Relays[0]);
        await bob.CreateAsync(world.Relays[1]);
        _ = await alice.CreateChatAsync();
        var own = asNewChat ? null : await bob.CreateChatAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var before = world.Relays[0].Connections;
        var secret = await alice.SecretAsync();
        var refusal = await Assert.ThrowsAsync<ClientException>(() => EnterAsync(allow: false));
        Assert.Equal(ClientError.RelayNotChosen, refusal.Code);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(before, world.Relays[0].Connections);
        Assert.Equal(asNewChat ? 0 : 1, (await bob.Client.GetChatsAsync(CancellationToken.None)).Count);
        await EnterAsync(allow: true);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        _ = await bob.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["hello"], await alice.HeardAsync());
        Assert.Equal([false, true], (await bob.Client.GetRelaysAsync(CancellationToken.None)).OrderBy(r => r.Chosen).Select(r => r.Chosen));

        async Task EnterAsync(bool allow)
        {
            if (own is null)
                _ = await world.DriveAsync(bob.Client.JoinChatAsync(secret, "Alice", direct: false, allow, CancellationToken.None).AsTask());
            else
                await bob.Client.AddSecretAsync(own.Id, secret, "Alice", direct: false, allow, CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_a_secret_says_of_relays_does_not_carry_over_to_what_its_offer_says()
    {
        // the offer names a relay that neither the person chose nor the secret named
        await using var world = new World(144, relays: 2);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync();
        _ = await alice.CreateChatAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Protocol.Sessions.SecretError.None, Protocol.Sessions.Secret.TryParse(await alice.SecretAsync(), out var parsed));
        var bytes = new byte[Protocol.Sessions.Secret.Size];
        parsed!.ExportForVault(bytes);
        var shortened = Protocol.Sessions.Secret.FromBytes(bytes, [world.Relays[1].Address]);
        var before = world.Relays[0].Connections;
        _ = await world.DriveAsync(bob.Client.JoinChatAsync(shortened.FormatText(), "Alice", direct: false, allowOtherRelays: true, CancellationToken.None).AsTask());
        await world.RunAsync(TimeSpan.FromMinutes(5));
        _ = await bob.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["hello"], await alice.HeardAsync());
        Assert.Equal(before, world.Relays[0].Connections);
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
    }
}
