using System.Text.Json.Nodes;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests;

/// <summary>What others built on the JavaScript stack, in both directions; hundreds of packages, so only in <c>./check --long</c>.</summary>
[Trait("Run", "Long")]
public class SsbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Our_client_calls_ssb_server_and_it_calls_our_server()
    {
        using var folder = new Folder();
        await using var server = await StartAsync("ssb-server", folder);
        var listening = (await server.ReadAsync("listening"))!;
        await using var client = NodePeer.Stack().CreateClient();
        var peer = await client.ConnectAsync((string)listening["address"]!, Token);

        Assert.Equal("source", (string?)(await peer.CallAsync<JsonObject>("manifest", [], Token))["createHistoryStream"]);
        Assert.Equal((string?)listening["id"], (string?)(await peer.CallAsync<JsonObject>("whoami", [], Token))["id"]);
        Assert.Equal("hello", (string?)(await peer.CallAsync<JsonObject>("get", [(string)listening["key"]!], Token))["content"]!["text"]);
        _ = await peer.CallAsync<JsonObject>("publish", [new JsonObject { ["type"] = "post", ["text"] = "again" }], Token);
        var messages = await peer.SourceAsync<JsonObject>("createHistoryStream", [new JsonObject { ["id"] = (string)listening["id"]! }], Token).ToListAsync(Token);
        Assert.Equal(["hello", "again"], messages.Select(message => (string?)message["value"]!["content"]!["text"]));
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("get", ["no id"], Token));
        await peer.CloseAsync();
        Assert.Equal(StackError.Closed, await peer.Completion);

        var plugin = new Plugin("")
        {
            ["whoami"] = Rpc.Sync(call => new JsonObject { ["id"] = call.Peer.RemoteId }),
            ["createHistoryStream"] = Rpc.Source<JsonObject, JsonObject>((query, _) => new[] { query }.ToAsyncEnumerable()),
        }.AllowAnonymous("whoami", "createHistoryStream");
        var called = await CallUsAsync(server, plugin);
        Assert.Equal((string?)listening["id"], (string?)called["value"]!["id"]);
        Assert.Equal("""[{"id":"anybody"}]""", called["items"]!.ToJsonString());
    }

    [Fact(Explicit = true)]
    public async Task Our_client_calls_ssb_db2_and_it_calls_our_server()
    {
        using var folder = new Folder();
        await using var server = await StartAsync("ssb-db2", folder);
        var listening = (await server.ReadAsync("listening"))!;
        await using var client = NodePeer.Stack().CreateClient();
        var peer = await client.ConnectAsync((string)listening["address"]!, Token);

        Assert.Equal("async", (string?)(await peer.CallAsync<JsonObject>("manifest", [], Token))["db"]!["get"]);
        Assert.Equal("hello", (string?)(await peer.CallAsync<JsonObject>("db.get", [(string)listening["key"]!], Token))["content"]!["text"]);
        var published = await peer.CallAsync<JsonObject>("db.publish", [new JsonObject { ["type"] = "post", ["text"] = "again" }], Token);
        Assert.Equal("again", (string?)(await peer.CallAsync<JsonObject>("db.get", [(string)published["key"]!], Token))["content"]!["text"]);
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("db.get", ["no id"], Token));
        await foreach (var progress in peer.SourceAsync<double>("db.indexingProgress", [], Token))
        {
            Assert.InRange(progress, 0, 1);
            break;
        }

        await peer.CloseAsync();
        Assert.Equal(StackError.Closed, await peer.Completion);

        var plugin = new Plugin("db")
        {
            ["get"] = Rpc.Async<string, JsonObject>((id, _) => throw new RpcException($"no {id} here")),
            ["indexingProgress"] = Rpc.Source(_ => new[] { 0.5, 1 }.ToAsyncEnumerable()),
        }.AllowAnonymous("get", "indexingProgress");
        var called = await CallUsAsync(server, plugin);
        Assert.Equal("no anything here", (string?)called["err"]);
        Assert.Equal("[0.5,1]", called["items"]!.ToJsonString());
    }

    private static Task<NodePeer> StartAsync(string name, Folder folder) =>
        NodePeer.StartAsync("peer.js", new JsonObject { ["port"] = NodePeer.FreePort(), ["path"] = folder.Path }, name);

    private static async Task<JsonObject> CallUsAsync(NodePeer server, Plugin plugin)
    {
        using var keys = NodePeer.Keys("server");
        await using var node = await NodePeer.Stack().Use(plugin).StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs"), Token);
        await server.SendAsync(JsonValue.Create(node.Address!.ToString()));
        return (await server.ReadAsync("called"))!;
    }

    /// <summary>Where a peer keeps its messages; gone after it.</summary>
    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ssb").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
