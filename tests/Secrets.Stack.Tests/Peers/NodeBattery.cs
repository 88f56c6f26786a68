using System.Text.Json.Nodes;

namespace Secrets.Stack.Tests.Peers;

/// <summary>The calls of client.js, made by our client to the JavaScript server; and client.js against ours.</summary>
internal static class NodeBattery
{
    /// <summary>Runs client.js against an address of ours and gives the names of the checks that failed.</summary>
    public static async Task<(int Passed, List<string> Failed)> RunClientAsync(string address, string folder = NodePeer.Current)
    {
        await using var client = await NodePeer.StartAsync("client.js", new JsonObject { ["address"] = address }, folder);
        return await ReadChecksAsync(client);
    }

    /// <summary>Runs one package of those below secret-stack as a client, with muxrpc on it.</summary>
    public static async Task<(int Passed, List<string> Failed)> RunPartAsync(string part, string address)
    {
        await using var client = await NodePeer.StartAsync("parts.js", new JsonObject { ["role"] = "client", ["part"] = part, ["address"] = address });
        return await ReadChecksAsync(client);
    }

    private static async Task<(int Passed, List<string> Failed)> ReadChecksAsync(NodePeer client)
    {
        var failed = new List<string>();
        var passed = 0;
        while (await client.ReadAsync() is { } line)
        {
            switch ((string?)line["ev"])
            {
                case "connect" when !(bool)line["ok"]!:
                    failed.Add("connect: " + line["err"]);
                    break;
                case "check" when (bool)line["ok"]!:
                    passed++;
                    break;
                case "check":
                    failed.Add($"{line["name"]}: {line["error"]}");
                    break;
                case "done":
                    return (passed, failed);
            }
        }

        failed.Add("the client ended early");
        return (passed, failed);
    }

    /// <summary>Calls everything that the JavaScript server offers.</summary>
    public static async Task CallServerAsync(StackPeer peer, string generation = NodePeer.Current)
    {
        await CheckCallsAsync(peer);
        // methods of the former generation can't call back, nor see the key
        if (generation == NodePeer.Current)
            await CheckCallerAsync(peer);
        await CheckErrorsAsync(peer);
        await CheckSourcesAsync(peer);
        await CheckSinksAsync(peer);
        await CheckDuplexesAsync(peer);
    }

    /// <summary>Calls what the packages below secret-stack can serve, which have no permissions and no methods of their own.</summary>
    public static async Task CallPartAsync(StackPeer peer)
    {
        Assert.Equal("é", await peer.CallAsync<string>("harness.echo", ["é"]));
        Assert.Equal("Hello, bob.", await peer.CallAsync<string>("harness.hello", ["bob"]));
        Assert.Equal(300, (await peer.CallAsync<byte[]>("harness.bytes", [300])).Length);
        Assert.Equal("boom", (await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.fail", ["boom"]))).Message);
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.nope"));
        await CheckSourcesAsync(peer);
        await CheckSinksAsync(peer);
        await CheckDuplexesAsync(peer);
    }

    private static async Task CheckCallsAsync(StackPeer peer)
    {
        var manifest = (await peer.CallAsync("manifest")).Json!;
        Assert.Equal("duplex", (string?)manifest["harness"]!["echoDuplex"]);
        JsonNode?[] values = [42, 1.5, -7, "hi", "é€😀\u0000x", new JsonObject { ["a"] = new JsonArray(1, new JsonObject { ["b"] = null }) }, null, true, false, "", new string('y', 100_000)];
        foreach (var value in values)
        {
            if (value is JsonValue json && json.TryGetValue<string>(out var text) && text.Length == 0)
                continue; // the server would answer this with what it takes for a goodbye
            var echo = await peer.CallAsync("harness.echo", [value?.DeepClone()]);
            Assert.True(JsonNode.DeepEquals(value, echo.Json), value?.ToJsonString());
        }

        Assert.Equal(65536, (await peer.CallAsync("harness.bytes", [65536])).Binary.Length);
        Assert.Equal(1 << 20, (await peer.CallAsync("harness.string", [1 << 20])).Text!.Length);
        Assert.Equal(5, (int)(await peer.CallAsync("harness.add", [2, 3])).Json!);
        Assert.Equal("Hello, bob.", (await peer.CallAsync("harness.hello", ["bob"])).Text);
        Assert.Equal(7, (int)(await peer.CallAsync("harness.nested.deep.method", [7])).Json!["deep"]!);
        Assert.Null((await peer.CallAsync("harness.nul")).Json);
        Assert.False((bool)(await peer.CallAsync("harness.undef")).Json!);
        var many = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async i => (int)(await peer.CallAsync("harness.echo", [i])).Json!));
        Assert.Equal(Enumerable.Range(0, 1000), many);
    }

    private static async Task CheckCallerAsync(StackPeer peer)
    {
        Assert.Equal(Convert.ToBase64String(NodePeer.Keys("client").PublicKey.Bytes), (string?)(await peer.CallAsync("harness.whoami")).Json!["pubkey"]);
        // the server can't know our methods but by its own manifest, which has an echo
        Assert.Equal(1, (int)(await peer.CallAsync("harness.callMeBack", [new JsonObject { ["x"] = 1 }])).Json!["x"]!);
    }

    private static async Task CheckErrorsAsync(StackPeer peer)
    {
        var fail = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.fail", ["boom"]));
        Assert.Equal(("TypeError", "boom"), (fail.Name, fail.Message));
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.failString"));
        var denied = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.denied"));
        Assert.Contains("not in list of allowed", denied.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.count", [1]));
        Assert.Equal("no async:harness,count", wrong.Message);
        await using var nope = await peer.OpenSourceAsync("harness.nope");
        _ = await Assert.ThrowsAsync<RpcException>(async () => await nope.ReadAsync());
        await using var refused = await peer.OpenDuplexAsync("harness.denied");
        _ = await Assert.ThrowsAsync<RpcException>(async () => await refused.ReadAsync());
    }

    private static async Task CheckSourcesAsync(StackPeer peer)
    {
        Assert.Equal(Enumerable.Range(0, 10_000), (await CollectAsync(await peer.OpenSourceAsync("harness.count", [10_000]))).Select(value => (int)value.Json!));
        Assert.Empty(await CollectAsync(await peer.OpenSourceAsync("harness.count", [0])));
        var mixed = await CollectAsync(await peer.OpenSourceAsync("harness.mixed"));
        Assert.Equal(HarnessPlugin.Mixed().Select(value => HarnessPlugin.Show(value)?.ToJsonString()), mixed.Select(value => HarnessPlugin.Show(value)?.ToJsonString()));
        Assert.All(await CollectAsync(await peer.OpenSourceAsync("harness.buffers", [10_000, 20])), value => Assert.Equal(10_000, value.Binary.Length));

        await using var failing = await peer.OpenSourceAsync("harness.failAfter", [3, "midway"]);
        for (var i = 0; i < 3; i++)
            (await failing.ReadAsync())!.Value.Dispose();
        Assert.Equal("midway", (await Assert.ThrowsAsync<RpcException>(async () => await failing.ReadAsync())).Message);

        await using (var infinite = await peer.OpenSourceAsync("harness.infinite"))
            (await infinite.ReadAsync())!.Value.Dispose();
        Assert.NotNull((await peer.CallAsync("harness.echo", ["after the abort"])).Text);
    }

    private static async Task CheckSinksAsync(StackPeer peer)
    {
        await using (var sink = await peer.OpenSinkAsync("harness.collect", ["t1"]))
        {
            await sink.SendAsync(RpcValue.FromJson(1));
            await sink.SendAsync(RpcValue.FromText("two"));
            await sink.SendAsync(new byte[] { 3 });
            await sink.CompleteAsync();
            Assert.Null(await sink.ReadAsync());
        }

        var last = (await peer.CallAsync("harness.lastSink")).Json!;
        Assert.Equal("""{"tag":"t1","err":null,"items":[1,"two",{"$buffer":"03"}]}""", last.ToJsonString());

        await using (var sink = await peer.OpenSinkAsync("harness.collect", ["t2"]))
        {
            await sink.AbortAsync(new RpcException("source died"));
        }

        last = (await peer.CallAsync("harness.lastSink")).Json!;
        Assert.Equal("source died", (string?)last["err"]!["message"]);

        await using (var sink = await peer.OpenSinkAsync("harness.abortAfter", [3]))
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                while (true)
                {
                    await sink.SendAsync(RpcValue.FromJson(1));
                    await Task.Yield();
                }
            });
            Assert.Equal("sink had enough", error.Message);
        }
    }

    private static async Task CheckDuplexesAsync(StackPeer peer)
    {
        await using var echo = await peer.OpenDuplexAsync("harness.echoDuplex");
        await echo.SendAsync(RpcValue.FromJson(1));
        await echo.SendAsync(RpcValue.FromText("x"));
        await echo.SendAsync(new byte[] { 9 });
        await echo.CompleteAsync();
        Assert.Equal(["1", "\"x\"", """{"$buffer":"09"}"""], (await CollectAsync(echo)).Select(value => HarnessPlugin.Show(value)!.ToJsonString()));

        await using var twice = await peer.OpenDuplexAsync("harness.double");
        await twice.SendAsync(RpcValue.FromJson(21));
        using (var item = await twice.ReadAsync())
            Assert.Equal(42, (int)item!.Value.ToValue().Json!);
        await twice.CompleteAsync();
        Assert.Null(await twice.ReadAsync());
    }

    private static async Task<List<RpcValue>> CollectAsync(RpcDuplex stream)
    {
        var values = new List<RpcValue>();
        await using (stream)
        {
            while (await stream.ReadAsync() is { } item)
            {
                using (item)
                    values.Add(item.ToValue());
            }
        }

        return values;
    }
}
