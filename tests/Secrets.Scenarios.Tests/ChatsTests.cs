using Secrets.Client;
using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

public sealed class ChatsTests
{
    [Fact]
    public async Task Long_texts_travel_in_parts_and_arrive_whole()
    {
        await using var world = new World(61);
        var (alice, bob) = await world.MeetAsync();
        var texts = new[] { 1_500, 1_527, 3_000, 10_000 }.Select(n => string.Concat(Enumerable.Range(0, n).Select(i => (char)('a' + (i % 26))))).ToArray();
        foreach (var text in texts)
        {
            _ = await alice.SayAsync(text);
            await world.RunAsync(TimeSpan.FromSeconds(10));
        }
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(texts, await bob.HeardAsync());
        Assert.All((await alice.LinesAsync()).Where(l => l.Kind == MessageKind.Text), l => Assert.Equal(Protocol.Chats.DeliveryState.Received, l.State));
    }

    [Fact]
    public async Task The_longest_text_arrives_and_a_longer_one_is_refused()
    {
        await using var world = new World(62);
        var (alice, bob) = await world.MeetAsync();
        var longest = new string('ä', 32_768);
        _ = await alice.SayAsync(longest);
        var refusal = await Assert.ThrowsAsync<ClientException>(() => alice.SayAsync(longest + "a"));
        Assert.Equal(ClientError.BadText, refusal.Code);
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal([longest], await bob.HeardAsync());
    }

    [Fact]
    public async Task Who_leaves_is_seen_to_leave_and_hears_nothing_more()
    {
        await using var world = new World(63);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("bye");
        await alice.Client.LeaveChatAsync((await alice.ChatAsync()).Id, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["bye"], await bob.HeardAsync());
        Assert.Contains(ChatNotice.TheyLeft, await bob.NoticesAsync());
        Assert.Equal(ChatStage.Left, (await alice.ChatAsync()).Stage);
        var refusal = await Assert.ThrowsAsync<ClientException>(() => alice.SayAsync("one more"));
        Assert.Equal(ClientError.ChatWasLeft, refusal.Code);
        await alice.RestartAsync();
        Assert.Equal(ChatStage.Left, (await alice.ChatAsync()).Stage);
        Assert.Equal(["> bye"], await alice.TextsAsync());
    }

    [Fact]
    public async Task A_new_name_is_for_oneself_alone()
    {
        await using var world = new World(64);
        var (alice, bob) = await world.MeetAsync();
        await bob.Client.RenameChatAsync((await bob.ChatAsync()).Id, "Ally", CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await bob.RestartAsync();
        Assert.Equal("Ally", (await bob.ChatAsync()).Name);
        Assert.Equal("Alice", (await bob.ChatAsync()).TheirName);
        Assert.Equal("Lunch", (await alice.ChatAsync()).Name);
        Assert.Equal("Bob", (await alice.ChatAsync()).TheirName);
    }

    [Fact]
    public async Task E_43_who_only_holds_a_used_secret_gets_nothing()
    {
        // decision 25: neither a receipt nor any other sign of life
        await using var world = new World(66) { HasRivals = true };
        var (alice, bob, carol) = (world.Add("Alice"), world.Add("Bob"), world.Add("Carol"));
        foreach (var person in new[] { alice, bob, carol })
            await person.CreateAsync([.. world.Relays]);
        _ = await alice.CreateChatAsync();
        var secret = await alice.SecretAsync();
        _ = await bob.JoinAsync(secret, "Alice");
        await world.RunAsync(TimeSpan.FromHours(1));
        var before = world.BoxCount;
        var refusal = await Assert.ThrowsAsync<Secrets.Client.ClientException>(() => carol.JoinAsync(secret, "Alice"));
        Assert.Equal(Secrets.Client.ClientError.SecretNoLongerGood, refusal.Code);
        await world.RunAsync(TimeSpan.FromHours(5));
        Assert.Equal(before, world.BoxCount);
    }

    [Fact]
    public async Task A_message_is_acknowledged_once_after_minutes_and_that_is_not_acknowledged()
    {
        // decision 25; E-43: no receipt at once
        await using var world = new World(65);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        var before = world.BoxCount;
        _ = await alice.SayAsync("do you read me?");
        await world.RunAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(["do you read me?"], await bob.HeardAsync());
        Assert.Equal(before + 1, world.BoxCount);
        await world.RunAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(before + 2, world.BoxCount);
        // an acknowledgement is not acknowledged
        await world.RunAsync(TimeSpan.FromHours(5));
        Assert.Equal(before + 2, world.BoxCount);
    }

    [Fact]
    public async Task One_acknowledgement_answers_many_messages()
    {
        await using var world = new World(66);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        var before = world.BoxCount;
        for (var i = 0; i < 20; i++)
            _ = await alice.SayAsync($"{i}");
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal(20, (await bob.HeardAsync()).Length);
        Assert.Equal(before + 21, world.BoxCount);
    }
}
