using System.Net;
using System.Text.Json.Nodes;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests;

/// <summary>The JavaScript stack over TCP, in both directions (E-73).</summary>
public class NodeTcpTests
{
    [Fact]
    public async Task The_JavaScript_client_passes_all_its_checks_against_our_server()
    {
        using var keys = NodePeer.Keys("server");
        await using var node = new StackNode(new StackOptions { AppKey = NodePeer.AppKey, Keys = keys }, new HarnessPlugin().Create());
        await using var listener = node.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new MultiserverAddress(keys.PublicKey, new StackEndpoint(StackTransport.Tcp, "127.0.0.1", listener.LocalEndpoint.Port));

        var (passed, failed) = await NodeBattery.RunClientAsync(address.ToString());

        Assert.Empty(failed);
        Assert.Equal(54, passed);
    }

    [Fact]
    public async Task Our_client_can_call_everything_of_the_JavaScript_server()
    {
        await using var server = await NodePeer.StartAsync("server.js", new JsonObject { ["port"] = NodePeer.FreePort() });
        var listening = await server.ReadAsync("listening");
        Assert.True(MultiserverAddress.TryParse((string?)listening!["net"], out var address));
        using var keys = NodePeer.Keys("client");
        await using var node = new StackNode(new StackOptions { AppKey = NodePeer.AppKey, Keys = keys }, new HarnessPlugin().Create());

        var peer = await node.ConnectAsync(address, TestContext.Current.CancellationToken);
        await NodeBattery.CallServerAsync(peer);
        await peer.CloseAsync();

        Assert.Equal(StackError.Closed, await peer.Completion);
    }
}
