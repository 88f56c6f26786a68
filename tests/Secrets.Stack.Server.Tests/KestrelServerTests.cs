using Secrets.Crypto;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Server.Tests;

public class KestrelServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_listens_on_TCP_and_WebSocket_and_tells_both_in_its_address()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await NodePeer.Stack().UseKestrel().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs", "ws://127.0.0.1:0/stack~shs"), Token);
        await using var client = NodePeer.Stack().CreateClient();

        Assert.Equal([StackTransport.Tcp, StackTransport.WebSocket], node.Address!.Endpoints.Select(endpoint => endpoint.Transport));
        foreach (var endpoint in node.Address.Endpoints)
        {
            await using var peer = await client.ConnectAsync(new MultiserverAddress(node.PublicKey, endpoint), Token);
            Assert.Equal(21, await peer.CallAsync<int>("harness.echo", [21], Token));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_IOException_and_nothing_is_left_behind()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await NodePeer.Stack().UseKestrel().StartAsync(keys, options => options.Listen("ws://127.0.0.1:0~shs"), Token);
        var taken = node.Address!.Endpoints.Single().Port;

        _ = await Assert.ThrowsAsync<IOException>(() => NodePeer.Stack().UseKestrel().StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs", $"ws://127.0.0.1:{taken}~shs"), Token));
    }

    [Theory]
    [InlineData("ws://no.such.host.invalid:0~shs")]
    [InlineData("ws://192.0.2.1:0~shs")]
    public async Task An_address_that_is_not_ours_is_an_IOException(string address)
    {
        using var keys = StackKeys.Generate(RandomSource.System);

        _ = await Assert.ThrowsAsync<IOException>(() => NodePeer.Stack().UseKestrel().StartAsync(keys, options => options.Listen(address), Token));
    }

    [Fact]
    public async Task A_path_is_itself_and_no_pattern()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await NodePeer.Stack().UseKestrel().StartAsync(keys, options => options.Listen("ws://127.0.0.1:0/{a}~shs"), Token);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{node.Address!.Endpoints.Single().Port}") };

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/b", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.UpgradeRequired, (await http.GetAsync(new Uri("/%7Ba%7D", UriKind.Relative), Token)).StatusCode);
    }

    [Fact]
    public async Task Stopping_a_node_says_goodbye_to_its_WebSocket_peers()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var node = await NodePeer.Stack().UseKestrel().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen("ws://127.0.0.1:0~shs"), Token);
        await using var client = NodePeer.Stack().CreateClient();
        await using var peer = await client.ConnectAsync(node.Address!, Token);
        _ = await peer.CallAsync<int>("harness.echo", [1], Token);

        await node.DisposeAsync();

        Assert.Equal(StackError.Closed, await peer.Completion);
    }
}
