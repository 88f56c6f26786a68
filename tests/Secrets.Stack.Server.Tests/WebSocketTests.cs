using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Server.Tests;

public class WebSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NodePeer.Current)]
    [InlineData(NodePeer.Former)]
    public async Task The_JavaScript_client_passes_all_its_checks_over_WebSocket(string generation)
    {
        using var keys = NodePeer.Keys("server");
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);
        await using var host = await WebSocketHost.StartAsync(node);

        var (passed, failed) = await NodeBattery.RunClientAsync(host.For(node).ToString(), generation);

        Assert.Empty(failed);
        Assert.Equal(54, passed);
    }

    [Theory]
    [InlineData(NodePeer.Current)]
    [InlineData(NodePeer.Former)]
    public async Task Our_client_can_call_everything_of_the_JavaScript_server_over_WebSocket(string generation)
    {
        await using var server = await NodePeer.StartAsync("server.js", new JsonObject { ["port"] = NodePeer.FreePort(), ["wsPort"] = NodePeer.FreePort() }, generation);
        var listening = await server.ReadAsync("listening");
        Assert.True(MultiserverAddress.TryParse((string?)listening!["address"], out var all));
        var address = new MultiserverAddress(all.Key, all.Endpoints.Single(endpoint => endpoint.Transport == StackTransport.WebSocket));
        using var keys = NodePeer.Keys("client");
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);

        var peer = await node.ConnectAsync(address, Token);
        await NodeBattery.CallServerAsync(peer, generation);
        await peer.CloseAsync();

        Assert.Equal(StackError.Closed, await peer.Completion);
    }

    [Fact]
    public async Task Multiserver_alone_with_muxrpc_is_a_client_of_our_server_and_a_server_for_our_client()
    {
        using var keys = NodePeer.Keys("server");
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);
        await using var host = await WebSocketHost.StartAsync(node);
        var (passed, failed) = await NodeBattery.RunPartAsync("multiserver", host.For(node).ToString());
        Assert.Empty(failed);
        Assert.Equal(8, passed);

        var arguments = new JsonObject { ["role"] = "server", ["part"] = "multiserver", ["port"] = NodePeer.FreePort(), ["wsPort"] = NodePeer.FreePort() };
        await using var server = await NodePeer.StartAsync("parts.js", arguments);
        Assert.True(MultiserverAddress.TryParse((string?)(await server.ReadAsync("listening"))!["address"], out var all));
        await using var client = NodePeer.Stack().CreateClient();
        var peer = await client.ConnectAsync(new MultiserverAddress(all.Key, all.Endpoints.Single(endpoint => endpoint.Transport == StackTransport.WebSocket)), Token);
        await NodeBattery.CallPartAsync(peer);
        await peer.CloseAsync();

        Assert.Equal(StackError.Closed, await peer.Completion);
    }

    [Fact]
    public async Task A_text_frame_ends_its_connection_and_no_other()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);
        await using var host = await WebSocketHost.StartAsync(node);
        await using var client = NodePeer.Stack().CreateClient();
        await using var good = await client.ConnectAsync(host.For(node), Token);
        var refused = new TaskCompletionSource<StackError>();
        node.Refused += error => refused.TrySetResult(error);

        using var bad = new ClientWebSocket();
        await bad.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Address.Port}/"), Token);
        await bad.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);
        var answer = await ReceiveCloseAsync(bad);

        Assert.Equal(0, answer);
        Assert.Equal(StackError.TextFrame, await refused.Task.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Equal("ok", (await good.CallAsync("harness.echo", ["ok"], Token)).Text);
    }

    [Fact]
    public async Task A_text_frame_after_the_handshake_ends_its_connection_and_no_other()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);
        await using var host = await WebSocketHost.StartAsync(node);
        await using var client = NodePeer.Stack().CreateClient();
        await using var good = await client.ConnectAsync(host.For(node), Token);
        using var socket = new ClientWebSocket();
        await using var strange = SecretStack.Create(options =>
        {
            options.AppKey = NodePeer.AppKey;
            options.Network = new SocketNetwork(socket);
        }).CreateClient();
        await using var bad = await strange.ConnectAsync(host.For(node), Token);
        Assert.Equal("ok", (await bad.CallAsync("harness.echo", ["ok"], Token)).Text);
        var ended = new TaskCompletionSource<(string Id, StackError Error)>();
        node.Disconnected += (peer, error) => ended.TrySetResult((peer.RemoteId, error));

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);

        Assert.Equal((strange.Id, StackError.TextFrame), await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Equal(StackError.UnexpectedEnd, await bad.Completion.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Equal("ok", (await good.CallAsync("harness.echo", ["ok"], Token)).Text);
        Assert.Equal(client.Id, Assert.Single(node.Peers).RemoteId);
    }

    [Fact]
    public async Task A_request_that_is_no_WebSocket_is_told_to_upgrade()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = NodePeer.Stack().CreateNode(keys);
        await using var host = await WebSocketHost.StartAsync(node);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(host.Address, Token);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    [Fact]
    public async Task Large_items_and_many_small_ones_pass_over_WebSocket()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);
        await using var host = await WebSocketHost.StartAsync(node);
        await using var client = NodePeer.Stack().CreateClient();
        await using var peer = await client.ConnectAsync(host.For(node), Token);
        await using var echo = await peer.OpenDuplexAsync("harness.echoDuplex", cancellationToken: Token);
        int[] sizes = [1, 66_000, 4352, 1 << 20, 33, .. Enumerable.Repeat(7, 1000)];

        var sending = Task.Run(
            async () =>
            {
                foreach (var size in sizes)
                    await echo.SendAsync(new byte[size], Token);
                await echo.CompleteAsync();
            },
            Token);
        var received = new List<int>();
        while (await echo.ReadAsync(Token) is { } item)
        {
            received.Add(item.Length);
            item.Dispose();
        }

        await sending;
        Assert.Equal(sizes, received);
    }

    /// <summary>Bytes that came before the socket ended, in peace or not.</summary>
    private static async Task<int> ReceiveCloseAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var count = 0;
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer, Token);
                if (result.MessageType == WebSocketMessageType.Close)
                    return count;
                count += result.Count;
            }
        }
        catch (WebSocketException)
        {
            return count;
        }
    }

    /// <summary>Dials with a socket that the test keeps, to say on it what no client of ours does.</summary>
    private sealed class SocketNetwork(ClientWebSocket socket) : IStackNetwork
    {
        public bool CanDial(StackEndpoint endpoint) => endpoint.Transport == StackTransport.WebSocket;

        public async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            await socket.ConnectAsync(new Uri($"ws://{endpoint.Host}:{endpoint.Port}{endpoint.Path}"), cancellationToken);
            return new Connection(WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true));
        }

        private sealed class Connection(Stream stream) : IDuplexConnection
        {
            public PipeReader Input { get; } = PipeReader.Create(stream);

            public PipeWriter Output { get; } = PipeWriter.Create(stream);

            public string RemoteAddress => "";

            public ValueTask DisposeAsync() => stream.DisposeAsync();
        }
    }
}
