using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Secrets.Relay.Boxes;
using Secrets.Relay.Limits;
using Secrets.Relay.Tests.Support;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Hosting;

/// <summary>What happens at the relay's limits (E-38, E-78, decision 22).</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task E38_Who_asks_too_fast_for_too_long_is_refused_and_others_are_not()
    {
        await using var relay = await TestRelay.StartAsync(options => options with
        {
            Limits = options.Limits with { Connection = new RateLimit(10, 20), Patience = TimeSpan.Zero },
        });
        await using var fast = await RelayClient.ConnectAsync(relay.Host);
        await using var other = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();

        await fast.SendAsync([.. Enumerable.Repeat(RelayClient.ReadCell(box.Address), 25)]);
        var answers = await fast.NextAsync(25);

        Assert.All(answers, answer => Assert.Equal(BoxStatus.Refused, answer.Status));
        Assert.Equal(BoxStatus.None, (await other.ReadAsync(box)).Status);
    }

    [Fact]
    public async Task E78_Waiting_reads_are_bounded_for_a_connection_and_in_all()
    {
        await using var relay = await TestRelay.StartAsync(options => options with
        {
            Limits = options.Limits with { MaxWaitingPerConnection = 3, MaxWaiting = 4 },
        });
        await using var first = await RelayClient.ConnectAsync(relay.Host);
        await using var second = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();
        byte[][] Waits(int count) => [.. Enumerable.Range(0, count).Select(_ => RelayClient.ReadCell(box.Address, wait: 250))];

        await first.SendAsync(Waits(4));
        Assert.Equal(BoxStatus.Refused, (await first.NextAsync()).Status);
        await second.SendAsync(Waits(2));
        Assert.Equal(BoxStatus.Refused, (await second.NextAsync()).Status);

        Assert.Equal(4, relay.Host.Core.WaitingReadCount);
        using var large = new TestBox(BoxClass.Large);
        Assert.Equal(BoxStatus.Refused, (await second.ReadAsync(large, wait: 5)).Status);
    }

    [Fact]
    public async Task E78_Connections_are_bounded_and_a_place_is_free_again_when_one_goes()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Limits = options.Limits with { MaxConnections = 2 } });
        await using var first = await RelayClient.ConnectAsync(relay.Host);
        var second = await RelayClient.ConnectAsync(relay.Host, StackTransport.WebSocket);
        _ = await Assert.ThrowsAnyAsync<StackException>(() => RelayClient.ConnectAsync(relay.Host));
        _ = await Assert.ThrowsAnyAsync<StackException>(() => RelayClient.ConnectAsync(relay.Host, StackTransport.WebSocket));

        await second.DisposeAsync();
        await UntilCountAsync(relay, 1);

        await using var third = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();
        Assert.Equal(BoxStatus.Ok, (await third.WriteAsync(box)).Status);
    }

    [Fact]
    public async Task Connections_over_HTTP_are_counted_from_their_first_byte_on_and_a_web_socket_counts_once()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Limits = options.Limits with { MaxConnections = 3 } });
        using var idle = await ConnectAsync(relay);
        using var http = new HttpClient { BaseAddress = relay.Http };
        _ = await http.GetStringAsync("/health");
        await using var client = await RelayClient.ConnectAsync(relay.Host, StackTransport.WebSocket);
        Assert.Equal(3, relay.Host.Core.ConnectionCount);

        using var other = new HttpClient { BaseAddress = relay.Http };
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => other.GetStringAsync("/health"));
        _ = await Assert.ThrowsAnyAsync<StackException>(() => RelayClient.ConnectAsync(relay.Host));
        Assert.Equal("ok\n", await http.GetStringAsync("/health"));

        idle.Dispose();
        await UntilCountAsync(relay, 2);
        Assert.Equal("ok\n", await other.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Connections_that_fetch_pages_leave_places_to_those_that_bring_cells()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Limits = options.Limits with { MaxHttpConnections = 1 } });
        await using var first = await RelayClient.ConnectAsync(relay.Host, StackTransport.WebSocket);
        await using var second = await RelayClient.ConnectAsync(relay.Host, StackTransport.WebSocket);
        using var http = new HttpClient { BaseAddress = relay.Http };
        _ = await http.GetStringAsync("/health");

        using var other = new HttpClient { BaseAddress = relay.Http };
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => other.GetStringAsync("/health"));

        await using var third = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();
        Assert.Equal(BoxStatus.Ok, (await third.WriteAsync(box)).Status);
        Assert.Equal(BoxStatus.Ok, (await second.ReadAsync(box)).Status);
    }

    [Fact]
    public async Task E78_Who_does_not_take_answers_is_not_read_from()
    {
        await using var relay = await TestRelay.StartAsync(options => options with
        {
            Limits = options.Limits with { Connection = new RateLimit(100_000, 1_000_000), Network = new RateLimit(100_000, 1_000_000), Relay = new RateLimit(100_000, 1_000_000) },
        });
        await using var client = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox(BoxClass.Large);
        _ = await client.WriteAsync(box);
        const int Count = 400;

        for (var i = 0; i < Count; i++)
            await client.SendAsync(RelayClient.ReadCell(box.Address, BoxClass.Large, isShort: true));
        await SettleAsync(relay);

        // 26 MB of answers were asked for; what fits the queues on the way is a few
        Assert.InRange(Counter(relay, "secrets_reads_total"), 1, Count / 2);
        var answers = await client.NextAsync(Count);
        Assert.All(answers, answer => Assert.Equal(BoxStatus.Ok, answer.Status));
    }

    [Fact]
    public async Task A_closed_relay_lets_everybody_read_and_only_those_with_its_pass_write()
    {
        var (pass, hash) = PassList.Generate(Secrets.Crypto.RandomSource.System);
        await using var relay = await TestRelay.StartAsync(options => options with { Writers = [hash] });
        await using var writer = await RelayClient.ConnectAsync(relay.Host);
        await using var stranger = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();
        Assert.Equal(BoxStatus.Refused, (await writer.WriteAsync(box)).Status);

        Assert.False((bool)(await writer.CallAsync(BoxesNetwork.PassMethod, pass + "0")).Json!);
        Assert.True((bool)(await writer.CallAsync(BoxesNetwork.PassMethod, pass)).Json!);

        Assert.Equal(BoxStatus.Ok, (await writer.WriteAsync(box)).Status);
        Assert.Equal(BoxStatus.Ok, (await stranger.ReadAsync(box)).Status);
        Assert.Equal(BoxStatus.Refused, (await stranger.DeleteAsync(box)).Status);
        Assert.True(relay.Host.Core.Manifest.Terms.IsClosed);
    }

    [Fact]
    public async Task A_full_relay_says_so_and_goes_on_serving()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { QuotaBytes = 100_000 });
        await using var client = await RelayClient.ConnectAsync(relay.Host);
        var kept = new List<TestBox>();
        while (true)
        {
            var box = new TestBox();
            if ((await client.WriteAsync(box)).Status is BoxStatus.Refused)
                break;
            kept.Add(box);
        }

        Assert.InRange(kept.Count, 5, 30);
        Assert.False(relay.Host.Core.HasRoom);
        foreach (var box in kept)
            Assert.Equal(BoxStatus.Ok, (await client.ReadAsync(box)).Status);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.200", true)]
    [InlineData("192.0.2.7", "192.0.3.7", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2f::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:102::1", false)]
    public void Addresses_are_counted_by_their_network(string left, string right, bool isSame)
    {
        Assert.True(NetworkPrefix.TryGet(IPAddress.Parse(left), out var first));
        Assert.True(NetworkPrefix.TryGet(IPAddress.Parse(right), out var second));

        Assert.Equal(isSame, first.Equals(second));
        Assert.Equal(RemoteNetwork.Of($"net:{left}:9"), first);
    }

    [Fact]
    public void Connections_of_one_network_are_bounded_and_those_of_the_own_machine_are_not()
    {
        var gate = new ConnectionGate(new RelayLimits { MaxConnectionsPerNetwork = 2 });
        _ = NetworkPrefix.TryGet(IPAddress.Parse("192.0.2.7"), out var network);

        Assert.True(gate.TryEnter(network));
        Assert.True(gate.TryEnter(network));
        Assert.False(gate.TryEnter(network));
        Assert.True(gate.TryEnter(null));
        gate.Leave(network);
        Assert.True(gate.TryEnter(network));
        Assert.False(NetworkPrefix.TryGet(IPAddress.IPv6Loopback, out _));
        Assert.False(NetworkPrefix.TryGet(IPAddress.Parse("::ffff:127.0.0.1"), out _));
    }

    [Fact]
    public async Task A_budget_serves_in_line_and_loses_nothing_to_those_who_give_up()
    {
        var budget = new ByteBudget(10);
        await budget.TakeAsync(8, CancellationToken.None);
        using var giveUp = new CancellationTokenSource();
        var large = budget.TakeAsync(100, giveUp.Token).AsTask();
        var small = budget.TakeAsync(2, CancellationToken.None).AsTask();
        Assert.False(small.IsCompleted);

        await giveUp.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        budget.Release(8);

        await small.WaitAsync(TimeSpan.FromSeconds(20));
        await budget.TakeAsync(8, CancellationToken.None);
        Assert.False(budget.TakeAsync(1, CancellationToken.None).AsTask().IsCompleted);
    }

    // a connection over HTTP that says nothing
    private static async Task<Socket> ConnectAsync(TestRelay relay)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(relay.Host.LocalEndpoint!);
        await UntilCountAsync(relay, 1);
        return socket;
    }

    private static async Task UntilCountAsync(TestRelay relay, int count)
    {
        for (var i = 0; i < 2_000 && relay.Host.Core.ConnectionCount != count; i++)
            await Task.Delay(5);
        Assert.Equal(count, relay.Host.Core.ConnectionCount);
    }

    private static async Task SettleAsync(TestRelay relay)
    {
        for (var last = -1L; last != Counter(relay, "secrets_reads_total");)
        {
            last = Counter(relay, "secrets_reads_total");
            await Task.Delay(200);
        }
    }

    private static long Counter(TestRelay relay, string name)
    {
        var line = relay.Host.Core.FormatMetrics().Split('\n').Single(text => text.StartsWith(name + " ", StringComparison.Ordinal));
        return long.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
