using Secrets.Client;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Crypto;

namespace Secrets.Scenarios.Tests;

/// <summary>Chats that are quiet, and chats that go.</summary>
public sealed class DeletingTests
{
    [Fact]
    public async Task A_chat_stays_muted_until_it_is_let_be_heard()
    {
        await using var world = new World(131);
        var (alice, bob) = await world.MeetAsync();
        await bob.Client.MuteChatAsync((await bob.ChatAsync()).Id, muted: true, CancellationToken.None);
        _ = await alice.SayAsync("hello");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await bob.RestartAsync();
        Assert.True((await bob.ChatAsync()).Muted);
        Assert.Equal(1, (await bob.ChatAsync()).Unread);
        Assert.False((await alice.ChatAsync()).Muted);
        await bob.Client.MuteChatAsync((await bob.ChatAsync()).Id, muted: false, CancellationToken.None);
        await bob.RestartAsync();
        Assert.False((await bob.ChatAsync()).Muted);
    }

    [Fact]
    public async Task A_deleted_chat_is_gone_at_once_and_the_other_side_sees_a_goodbye()
    {
        await using var world = new World(132);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("private");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var chat = await bob.ChatAsync();
        var line = (await bob.LinesAsync())[^1];
        using var events = new EventLog(bob);
        await bob.Client.DeleteChatAsync(chat.Id, CancellationToken.None);
        Assert.Empty(await bob.Client.GetChatsAsync(CancellationToken.None));
        Assert.Equal(0, (await bob.Client.GetIdentityAsync(CancellationToken.None)).Chats);
        Assert.Equal(ClientError.UnknownChat, (await Assert.ThrowsAsync<ClientException>(() => bob.Client.GetMessagesAsync(chat.Id, null, 10, CancellationToken.None).AsTask())).Code);
        Assert.Equal(ClientError.UnknownChat, (await Assert.ThrowsAsync<ClientException>(() => bob.Client.FindChatAsync(chat.Name, CancellationToken.None).AsTask())).Code);
        _ = await alice.SayAsync("anybody there?");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Contains(ChatNotice.TheyLeft, await alice.NoticesAsync());
        await events.HearAsync(ClientEventKind.ChatRemoved);
        Assert.Equal(ClientEventKind.ChatRemoved, Assert.Single(events.Kinds, k => k is ClientEventKind.ChatChanged or ClientEventKind.ChatRemoved or ClientEventKind.MessageAdded));
        var store = bob.Client.EngineForTestsOnly.Store;
        Assert.Empty(store.Facts.Entities(Secrets.Client.Engine.Schema.Chat));
        Assert.False(store.Facts.Contains(Secrets.Client.Engine.ChatFacts.EntityOf(line.Id)));
        await bob.RestartAsync();
        Assert.Empty(await bob.Client.GetChatsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_was_said_in_a_deleted_chat_is_in_no_history_and_in_no_export()
    {
        await using var world = new World(137);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("the old crane at midnight");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var store = bob.Client.EngineForTestsOnly.Store;
        Assert.True(await HoldsAsync("the old crane"));

        await bob.Client.DeleteChatAsync((await bob.ChatAsync()).Id, CancellationToken.None);
        Assert.False(await HoldsAsync("the old crane"));
        await world.RunAsync(TimeSpan.FromMinutes(30));

        // the chat's name and the other's keys, too
        Assert.False(await HoldsAsync("Alice"));
        await bob.RestartAsync();
        Assert.Empty(await bob.Client.GetChatsAsync(CancellationToken.None));

        async Task<bool> HoldsAsync(string words)
        {
            var all = await store.ReadBundleAsync(new HashSet<Hash256>(), CancellationToken.None);
            return all.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(words)) >= 0;
        }
    }

    [Fact]
    public async Task The_goodbye_of_a_chat_deleted_offline_goes_when_the_relay_is_back_and_then_its_keys_are_gone()
    {
        await using var world = new World(133, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        bob.GoOffline();
        var chat = bob.Client.EngineForTestsOnly.Require((await bob.ChatAsync()).Id);
        var slots = chat.Sessions.Select(s => Secrets.Store.SlotId.Derive("session"u8, s.Id.Bytes)).Append(Secrets.Client.Engine.ChatSlot.IdOf(chat)).ToArray();
        await bob.Client.DeleteChatAsync(chat.Id, CancellationToken.None);
        await bob.CrashAndOpenAsync();
        Assert.Empty(await bob.Client.GetChatsAsync(CancellationToken.None));
        Assert.True(slots.All(s => Has(bob, s)));
        bob.GoOnline();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Contains(ChatNotice.TheyLeft, await alice.NoticesAsync());
        Assert.DoesNotContain(slots, s => Has(bob, s));
        Assert.Empty(bob.Client.EngineForTestsOnly.Store.Facts.Entities(Secrets.Client.Engine.Schema.Chat));

        static bool Has(Person person, Secrets.Store.SlotId slot)
        {
            var found = person.Client.EngineForTestsOnly.Store.TryGetSlot(slot, out var value);
            value?.Dispose();
            return found;
        }
    }

    [Fact]
    public async Task A_chat_that_nobody_joined_and_one_that_was_left_can_be_deleted_too()
    {
        await using var world = new World(134);
        var (alice, bob) = await world.MeetAsync();
        var waiting = await bob.CreateChatAsync("Waiting");
        var secret = (await bob.Client.GetSecretAsync(waiting.Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).Text;
        await bob.Client.DeleteChatAsync(waiting.Id, CancellationToken.None);
        await bob.Client.LeaveChatAsync((await bob.ChatAsync()).Id, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await bob.Client.DeleteChatAsync((await bob.ChatAsync()).Id, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(bob.Client.EngineForTestsOnly.Store.Facts.Entities(Secrets.Client.Engine.Schema.Chat));
        var refusal = await Assert.ThrowsAsync<ClientException>(() => world.DriveAsync(alice.Client.JoinChatAsync(secret, "Bob", direct: false, allowOtherRelays: false, CancellationToken.None).AsTask()));
        Assert.Equal(ClientError.SecretNoLongerGood, refusal.Code);
        _ = Assert.Single(await alice.Client.GetChatsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Pages_from_the_newest_back_are_all_lines_each_once()
    {
        await using var world = new World(135);
        var (alice, bob) = await world.MeetAsync();
        for (var i = 0; i < 23; i++)
            _ = await (i % 3 == 0 ? bob : alice).SayAsync($"{i}");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var chat = (await bob.ChatAsync()).Id;
        var all = await bob.LinesAsync();
        var paged = new List<MessageView>();
        for (long? before = null; ;)
        {
            var page = await bob.Client.GetMessagesAsync(chat, before, 7, CancellationToken.None);
            paged.InsertRange(0, page);
            if (page.Count < 7)
                break;
            before = page[0].Position;
        }
        Assert.Equal(all.Select(l => l.Id), paged.Select(l => l.Id));
        Assert.Equal(all.TakeLast(7).Select(l => l.Text), (await bob.Client.GetMessagesAsync(chat, null, 7, CancellationToken.None)).Select(l => l.Text));
        _ = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bob.Client.GetMessagesAsync(chat, null, 0, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_relay_is_tried_without_being_used()
    {
        await using var world = new World(136, relays: 2);
        var alice = world.Add("Alice");
        await alice.CreateAsync(world.Relays[0]);
        Assert.Equal(RelayTestOutcome.Reached, (await alice.Client.TestRelayAsync(world.Relays[1].Address, CancellationToken.None)).Outcome);
        Assert.Empty(world.Relays[1].Links);
        world.Relays[1].Kill();
        Assert.Equal(RelayTestOutcome.NotReached, (await alice.Client.TestRelayAsync(world.Relays[1].Address, CancellationToken.None)).Outcome);
        Assert.Equal(world.Relays[0].Address, Assert.Single(await alice.Client.GetRelaysAsync(CancellationToken.None)).Address);
        Assert.Equal(ClientError.BadRelayAddress, (await Assert.ThrowsAsync<ClientException>(() => alice.Client.TestRelayAsync("nowhere", CancellationToken.None).AsTask())).Code);
    }
}
