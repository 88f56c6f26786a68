using System.Globalization;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>What is kept of a session fits the store, whatever the other side writes and however long no relay is there (E-69).</summary>
public sealed class BoundedStateTests
{
    [Fact]
    public async Task A_guest_who_leaves_thousands_of_places_empty_stops_nobody_from_sending()
    {
        await using var world = new World(221);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        var session = bob.Client.EngineForTestsOnly.Require((await bob.ChatAsync()).Id).Sessions.Single();
        await LeaveHolesAsync(world, session.DataOut!.Writer, BoxKind.Data, 140);
        // fewer than are kept, so that what the guest's program says next has a place
        await LeaveHolesAsync(world, session.PairOut!.Writer, BoxKind.Session, 130);
        await AssertTheyTalkAsync("now");
        await world.RunAsync(TimeSpan.FromDays(1));
        await alice.CrashAndOpenAsync();
        await AssertTheyTalkAsync("a day later");
        await world.RunAsync(TimeSpan.FromDays(25));
        // the keys of what is missing for three weeks are gone, and with them the places in which this guest goes on to write; that is its own doing
        _ = await alice.SayAsync("a month later");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("a month later", (await bob.HeardAsync())[^1]);

        async Task AssertTheyTalkAsync(string text)
        {
            _ = await alice.SayAsync(text);
            _ = await bob.SayAsync(text);
            await world.RunAsync(TimeSpan.FromMinutes(30));
            Assert.Equal(text, (await bob.HeardAsync())[^1]);
            Assert.Equal(text, (await alice.HeardAsync())[^1]);
        }
    }

    [Fact]
    public async Task A_guest_who_replaces_its_channel_again_and_again_with_something_missing_is_followed_and_the_loss_is_told()
    {
        await using var world = new World(223);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        var relay = world.Relays[0];
        var chat = (await bob.ChatAsync()).Id;
        var said = new List<string>();
        for (var channel = 0; channel < 20; channel++)
        {
            // one box of each channel is lost, and its author can't put it again
            alice.GoOffline();
            var before = relay.Boxes.Keys.ToHashSet();
            _ = await bob.SayAsync($"lost {channel}");
            var lost = relay.Boxes.Keys.Except(before).Single();
            relay.Forget(lost);
            Forget(bob, chat);
            alice.GoOnline();
            for (var i = 0; i < 260; i++)
            {
                said.Add($"{channel} {i}");
                _ = await bob.Client.SendAsync(chat, said[^1], CancellationToken.None);
            }
            await world.RunAsync(TimeSpan.FromMinutes(21));
        }
        await world.RunAsync(TimeSpan.FromHours(3));
        Assert.Equal(said, await alice.HeardAsync());
        Assert.Contains(ChatNotice.MessagesMissing, await alice.NoticesAsync());
        await alice.CrashAndOpenAsync();
        _ = await alice.SayAsync("still here");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["still here"], await bob.HeardAsync());
    }

    /// <summary>Many times what a channel's state holds at once.</summary>
    public static TheoryData<int> Texts => Environment.GetEnvironmentVariable("SECRETS_LONG") is null ? [3_000] : [7_000];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Thousands_of_texts_that_were_said_without_a_relay_all_come(int count)
    {
        await using var world = new World(222);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[0].Kill();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var chat = (await alice.ChatAsync()).Id;
        var written = new List<long>();
        for (var i = 0; i < count; i++)
        {
            if (i % 1_000 == 0)
                written.Add(alice.Disk.Written);
            _ = await alice.Client.SendAsync(chat, i.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
        }
        written.Add(alice.Disk.Written);
        // what a send costs does not grow with what waits
        Assert.InRange(written[^1] - written[^2], 1, 2 * (written[2] - written[1]));
        await alice.CrashAndOpenAsync();
        world.Relays[0].Start();
        await world.RunAsync(TimeSpan.FromHours(8));
        Assert.Equal(Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture)), await bob.HeardAsync());
        Assert.DoesNotContain(await alice.LinesAsync(), l => l.State == DeliveryState.Waiting);
        _ = await bob.SayAsync("all of it");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["all of it"], await alice.HeardAsync());
    }

    [Fact]
    public void A_channel_at_all_its_bounds_fits_a_slot()
    {
        // version, three lengths, count; entries and evidence of a log; generations; pointers withheld
        const int Log = 1 + 16 + (3 * 8) + 1 + 8 + 2 + ((ChannelLog.MaxSpan + ChannelLog.KeptBehind) * (8 + 1 + 64)) + 1 + (ChannelLog.MaxEvidence * (8 + 64));
        const int Generations = 1 + 4 + 1 + (GenerationWatch.MaxSteps * (4 + 8 + 8));
        const int Others = 1 + (3 * 4) + 2 + ((256 + 32) * 8);
        var random = new WorldRandom(224);
        using var writer = BoxWriter.Create(WriteCapability.Generate(random), BoxClass.Small);
        RelayId[] relays = [.. Enumerable.Range(0, BoxReader.MaxRelays).Select(_ => RelayId.FromKey(Ed25519PrivateKey.Generate(random).PublicKey))];
        using var reader = BoxReader.Create(writer.GrantRead(), BoxClass.Small, relays);
        for (var i = 0; i < BoxReader.MaxWitnesses / BoxReader.MaxRelays; i++)
        {
            Assert.True(writer.TryWrite(BoxKind.Data, "x"u8, relays, out var box));
            Assert.Equal(BoxError.None, reader.TryOpen(relays[0], box!.Copies[0].Box, out var received));
            reader.Commit(received!, DateTimeOffset.UnixEpoch);
        }
        while (reader.Holes.Count < BoxReader.MaxHoles)
            reader.Abandon(reader.NextIndex + BoxReader.WindowSize - 1, DateTimeOffset.UnixEpoch);
        Assert.InRange(reader.StateSize + Log + Generations + Others, 240_000, StoreTransaction.MaxSlotSize);
        // ratchet, two logs of what was written, names of what lies elsewhere, and what is small
        const int Names = ((1_000 + 16 + 3 + 256) * 16) + 5_000;
        Assert.InRange(Session.MaxStateSize + (2 * (68 + (SendingLog.MaxFollowed * 9))) + Names, 1, StoreTransaction.MaxSlotSize);
        // eight unfinished texts of seven full parts in data boxes
        Assert.InRange(2 + (TextAssembler.MaxTexts * 7 * (2 + ContentSizes.DataBoxContent)), 1, StoreTransaction.MaxSlotSize);
    }

    /// <summary>Writes valid boxes as far ahead as a reader looks, and in them nothing that can be read.</summary>
    private static async Task LeaveHolesAsync(World world, BoxWriter guest, BoxKind kind, int count)
    {
        var state = new byte[BoxWriter.StateSize];
        guest.ExportForVault(state);
        Assert.Equal(BoxError.None, BoxWriter.TryRead(state, out var writer));
        var relay = world.Relays[0];
        var body = new byte[BoxClass.Small.MaxBodySize];
        for (var i = 0; i < count; i++)
        {
            world.Random.Fill(body);
            WrittenBox? box = null;
            for (var ahead = 0; ahead < BoxReader.WindowSize; ahead++)
                Assert.True(writer!.TryWrite(kind, body, [relay.Id], out box));
            var cell = new byte[BoxClass.Small.CellSize];
            BoxRequest.WriteWrite(cell, box!.Copies[0].Box, allowShortAnswer: true);
            _ = relay.AnswerHonestly(cell);
            await world.RunAsync(TimeSpan.FromSeconds(5));
        }
        writer!.Dispose();
    }

    /// <summary>The author has the bytes of its newest box no more.</summary>
    private static void Forget(Person person, Secrets.Client.ChatId chat)
    {
        var session = person.Client.EngineForTestsOnly.Require(chat).Sessions.Single();
        session.Boxes.Remove(session.Boxes.Last());
    }
}
