using System.Net;
using Secrets.Client.Views;
using Secrets.Relay;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>The chat that somebody looks at is asked for by reads that wait, hidden among decoys.</summary>
public sealed class AttendingTests
{
    [Fact]
    public async Task What_is_said_in_the_chat_on_the_screen_comes_without_waiting_for_a_bell()
    {
        var folder = Directory.CreateTempSubdirectory("secrets-attending-");
        try
        {
            await using var relay = await RelayHost.StartAsync(new RelayOptions { DataFolder = folder.FullName, Listen = null, ListenTcp = new IPEndPoint(IPAddress.Loopback, 0), ReserveBytes = 0 }, CancellationToken.None);
            await using var alice = await RealRelayTests.CreateAsync("Alice", relay.Address.ToString());
            // what a bell announces is fetched after hours
            await using var bob = await RealRelayTests.CreateAsync("Bob", relay.Address.ToString(), TimeSpan.FromHours(9));
            var lunch = await alice.CreateChatAsync("Lunch", TimeSpan.FromDays(14), CancellationToken.None);
            _ = await alice.SyncAsync(CancellationToken.None);
            var secret = (await alice.GetSecretAsync(lunch.Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).Text;
            var joined = await bob.JoinChatAsync(secret, "Alice", direct: true, allowOtherRelays: false, CancellationToken.None);
            await RealRelayTests.UntilAsync(alice, async () => (await alice.GetChatAsync(lunch.Id, CancellationToken.None)).Stage == ChatStage.Open);

            await bob.AttendAsync(joined.Id, CancellationToken.None);
            foreach (var text in (string[])["one", "two", "three"])
            {
                _ = await alice.SendAsync(lunch.Id, text, CancellationToken.None);
                await RealRelayTests.UntilAsync(bob, async () => (await bob.GetMessagesAsync(joined.Id, null, CancellationToken.None)).Any(m => m.Text == text));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Reads_that_wait_are_sixteen_at_a_time_and_all_look_alike()
    {
        // decision 9 (3)
        await using var world = new World(901);
        var (_, bob) = await world.MeetAsync();
        var relay = world.Relays[0];
        var before = relay.Heard.Count;

        await bob.Client.AttendAsync((await bob.ChatAsync()).Id, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromSeconds(1));

        var waiting = relay.Heard.Skip(before).Where(IsWaiting).ToArray();
        Assert.Equal(16, waiting.Length);
        Assert.Single(waiting.Select(cell => cell[3]).Distinct());
        Assert.All(waiting, cell => Assert.Equal(CellError.None, BoxRequest.TryRead(cell, out _)));
        Assert.Equal(16, waiting.Select(cell => Convert.ToHexString(cell.AsSpan(Cell.RequestAddressOffset, BoxAddress.Size))).Distinct().Count());
    }

    [Fact]
    public async Task A_relay_that_does_not_wait_is_not_asked_without_end_and_messages_still_come()
    {
        await using var world = new World(902);
        var (alice, bob) = await world.MeetAsync();
        var relay = world.Relays[0];
        await bob.Client.AttendAsync((await bob.ChatAsync()).Id, CancellationToken.None);
        var before = relay.Heard.Count;

        await world.RunAsync(TimeSpan.FromMinutes(10));

        // this relay answers each at once; every 30 seconds is often enough
        Assert.InRange(relay.Heard.Skip(before).Count(IsWaiting), 16, 16 * 25);
        _ = await alice.SayAsync("one");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["one"], await bob.HeardAsync());
    }

    private static bool IsWaiting(byte[] cell) => cell[0] == (byte)BoxOperation.Read && cell[3] > 0;
}
