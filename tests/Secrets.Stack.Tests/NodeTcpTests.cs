using System.Text.Json.Nodes;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests;

/// <summary>The JavaScript stack over TCP, in both directions (E-73).</summary>
public class NodeTcpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_JavaScript_client_passes_all_its_checks_against_our_server()
    {
        using var keys = NodePeer.Keys("server");
        await using var node = await NodePeer.Stack().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs"), Token);

        var (passed, failed) = await NodeBattery.RunClientAsync(node.Address!.ToString());

        Assert.Empty(failed);
        Assert.Equal(54, passed);
    }

    [Fact]
    public async Task Our_client_can_call_everything_of_the_JavaScript_server()
    {
        await using var server = await NodePeer.StartAsync("server.js", new JsonObject { ["port"] = NodePeer.FreePort() });
        var listening = await server.ReadAsync("listening");
        using var keys = NodePeer.Keys("client");
        await using var node = NodePeer.Stack().Use<HarnessPlugin>().CreateNode(keys);

        var peer = await node.ConnectAsync((string)listening!["net"]!, Token);
        await NodeBattery.CallServerAsync(peer);
        await peer.CloseAsync();

        Assert.Equal(StackError.Closed, await peer.Completion);
    }
}
