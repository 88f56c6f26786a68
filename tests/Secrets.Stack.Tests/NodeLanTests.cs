using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests;

/// <summary>Local discovery beside the JavaScript package <c>ssb-lan</c>, in both directions, with real broadcasts.</summary>
public class NodeLanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NodePeer.Current)]
    [InlineData(NodePeer.Former)]
    public async Task Our_node_and_one_with_ssb_lan_find_and_call_each_other(string generation)
    {
        var host = BroadcastingHost();
        using var keys = NodePeer.Keys("server");
        await using var node = await NodePeer.Stack().Use<HarnessPlugin>().Use<LanPlugin>().StartAsync(keys, options => options.Listen(StackScopes.Local, $"net:{host}:0~shs"), Token);
        await using var other = await NodePeer.StartAsync("lan.js", new JsonObject { ["host"] = host, ["port"] = NodePeer.FreePort() }, generation);
        var listening = (await other.ReadAsync("listening"))!;
        var address = (string)listening["address"]!;

        Assert.True(await node.CallAsync<bool>("lan.start", cancellationToken: Token));
        await using var self = await node.ConnectSelfAsync(Token);
        var found = await self.SourceAsync<JsonObject>("lan.discoveredPeers", cancellationToken: Token).FirstAsync(peer => (string?)peer["address"] == address, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);
        Assert.False((bool)found["verified"]!);
        await using (var peer = await node.ConnectAsync(address, Token))
        {
            Assert.Equal((string?)listening["id"], peer.RemoteId);
            Assert.Equal(5, await peer.CallAsync<int>("harness.add", [2, 3], Token));
        }

        // ssb-lan takes what comes from its own machine and port for its own words, so here ours come from another port
        await using var teller = LocalDiscovery.Start(node, new IPEndPoint(IPAddress.Any, 0), new IPEndPoint(IPAddress.Broadcast, LocalDiscovery.DefaultPort));
        var ours = node.GetAddress(StackScopes.Local)!.ToString();
        JsonObject? answer;
        do
            answer = await other.ReadAsync("found");
        while ((string?)answer!["address"] != ours);
        Assert.Null(answer["err"]);
        Assert.Equal(node.Id, (string?)answer["id"]);
        Assert.Equal(5, (int?)answer["sum"]);
    }

    /// <summary>This machine's address in the network that its broadcasts go to; the test is skipped where there is none.</summary>
    private static string BroadcastingHost()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        try
        {
            socket.Connect(IPAddress.Broadcast, LocalDiscovery.DefaultPort);
        }
        catch (SocketException)
        {
            Assert.Skip("no network");
        }

        return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
    }
}
