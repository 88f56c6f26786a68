using System.Text.Json.Nodes;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests;

/// <summary>The JavaScript stack over TCP, in both directions (E-73).</summary>
public class NodeTcpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NodePeer.Current)]
    [InlineData(NodePeer.Former)]
    public async Task The_JavaScript_client_passes_all_its_checks_against_our_server(string generation)
    {
        using var keys = NodePeer.Keys("server");
        await using var node = await NodePeer.Stack().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs"), Token);

        var (passed, failed) = await NodeBattery.RunClientAsync(node.Address!.ToString(), generation);

        Assert.Empty(failed);
        Assert.Equal(54, passed);
    }

    [Theory]
    [InlineData(NodePeer.Current)]
    [InlineData(NodePeer.Former)]
    public async Task Our_client_can_call_everything_of_the_JavaScript_server(string generation)
    {
        await using var server = await NodePeer.StartAsync("server.js", new JsonObject { ["port"] = NodePeer.FreePort() }, generation);
        var listening = await server.ReadAsync("listening");
        using var keys = NodePeer.Keys("client");
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);

        var peer = await node.ConnectAsync((string)listening!["net"]!, Token);
        await NodeBattery.CallServerAsync(peer, generation);
        await peer.CloseAsync();

        Assert.Equal(StackError.Closed, await peer.Completion);
    }

    [Theory]
    [InlineData("secret-handshake")]
    [InlineData("multiserver")]
    public async Task Each_JavaScript_package_alone_with_muxrpc_is_a_client_of_our_server(string part)
    {
        using var keys = NodePeer.Keys("server");
        await using var node = await NodePeer.Stack().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs"), Token);

        var (passed, failed) = await NodeBattery.RunPartAsync(part, node.Address!.ToString());

        Assert.Empty(failed);
        Assert.Equal(8, passed);
    }

    [Theory]
    [InlineData("secret-handshake")]
    [InlineData("multiserver")]
    public async Task Each_JavaScript_package_alone_with_muxrpc_is_a_server_for_our_client(string part)
    {
        await using var server = await NodePeer.StartAsync("parts.js", new JsonObject { ["role"] = "server", ["part"] = part, ["port"] = NodePeer.FreePort() });
        var listening = await server.ReadAsync("listening");
        await using var client = NodePeer.Stack().CreateClient();

        var peer = await client.ConnectAsync((string)listening!["address"]!, Token);
        await NodeBattery.CallPartAsync(peer);
        await peer.CloseAsync();

        Assert.Equal(StackError.Closed, await peer.Completion);
    }
}
