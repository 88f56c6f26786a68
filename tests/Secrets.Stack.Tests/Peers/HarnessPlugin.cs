using System.Globalization;
using System.Text.Json.Nodes;

namespace Secrets.Stack.Tests.Peers;

/// <summary>The methods of tests/peers/secret-stack/plugin.js, in C#.</summary>
internal sealed class HarnessPlugin
{
    private JsonNode? _lastSink;
    private JsonNode? _lastAbort;

    public static string Id(StackPeer peer) => $"@{Convert.ToBase64String(peer.RemoteKey.Bytes)}.ed25519";

    public Plugin Create()
    {
        var plugin = new Plugin("harness");
        AddCalls(plugin);
        AddOddCalls(plugin);
        AddSources(plugin);
        AddSinks(plugin);
        return plugin.AllowAnonymous(
            "echo", "args", "add", "fail", "failString", "throws", "never", "delay", "undef", "nul", "emptyString", "bytes", "string", "whoami", "callMeBack",
            "lastSink", "lastAbort", "stats", "hello", "syncFail", "count", "buffers", "mixed", "failAfter", "throwsSource", "infinite", "ticks", "collect",
            "abortAfter", "discard", "echoDuplex", "double", "nested");
    }

    private void AddCalls(Plugin plugin) => plugin
        .Async("echo", (_, arguments, _) => Answer(arguments[0]?.DeepClone()))
        .Async("args", (_, arguments, _) => Answer(arguments.DeepClone()))
        .Async("add", (_, arguments, _) => Answer(JsonValue.Create((int)arguments[0]! + (int)arguments[1]!)))
        .Async("delay", async (_, arguments, token) =>
        {
            await Task.Delay((int)arguments[0]!, token);
            return RpcValue.FromJson(arguments[1]?.DeepClone());
        })
        .Async("bytes", (_, arguments, _) => ValueTask.FromResult(RpcValue.FromBinary(Enumerable.Range(0, (int)arguments[0]!).Select(i => (byte)(i & 255)).ToArray())))
        .Async("string", (_, arguments, _) => ValueTask.FromResult(RpcValue.FromText(new string('x', (int)arguments[0]!))))
        .Async("whoami", (peer, _, _) => Answer(new JsonObject { ["id"] = Id(peer), ["pubkey"] = Convert.ToBase64String(peer.RemoteKey.Bytes), ["address"] = peer.RemoteAddress }))
        .Async("callMeBack", (peer, arguments, token) => peer.CallAsync("harness.echo", [arguments[0]?.DeepClone()], token))
        .Async("lastSink", (_, _, _) => Answer(_lastSink?.DeepClone()))
        .Async("lastAbort", (_, _, _) => Answer(_lastAbort?.DeepClone()))
        .Async("stats", (_, _, _) => Answer(new JsonObject { ["peers"] = 1 }))
        .Async("denied", (_, _, _) => Answer("you must never see this"))
        .Async("aliceOnly", (_, _, _) => Answer("hihihi"))
        .Async("nested.deep.method", (_, arguments, _) => Answer(new JsonObject { ["deep"] = arguments[0]?.DeepClone() }))
        .Sync("hello", (_, arguments, _) => ValueTask.FromResult(RpcValue.FromText($"Hello, {arguments[0]}.")));

    private static void AddOddCalls(Plugin plugin) => plugin
        .Async("fail", (_, arguments, _) => throw new RpcException("TypeError", (string)arguments[0]!))
        .Async("failString", (_, _, _) => throw new RpcException("plain string"))
        .Async("throws", (_, _, _) => throw new RpcException("thrown synchronously"))
        .Async("never", async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return default;
        })
        .Async("undef", (_, _, _) => Answer(false))
        .Async("nul", (_, _, _) => Answer(null))
        .Async("emptyString", (_, _, _) => ValueTask.FromResult(RpcValue.FromText("")))
        .Sync("syncFail", (_, _, _) => throw new RpcException("RangeError", "sync failure"));

    private void AddSources(Plugin plugin) => plugin
        .Source("count", (_, arguments, stream, token) => CountAsync(stream, (int)arguments[0]!, token))
        .Source("nested.deep.items", (_, arguments, stream, token) => CountAsync(stream, (int)arguments[0]!, token))
        .Source("buffers", async (_, arguments, stream, token) =>
        {
            var body = Enumerable.Repeat((byte)0x61, (int)arguments[0]!).ToArray();
            for (var i = 0; i < (int)arguments[1]!; i++)
                await stream.SendAsync(body, token);
        })
        .Source("mixed", async (_, _, stream, token) =>
        {
            foreach (var value in Mixed())
                await stream.SendAsync(value, token);
        })
        .Source("failAfter", async (_, arguments, stream, token) =>
        {
            await CountAsync(stream, (int)arguments[0]!, token);
            throw new RpcException((string)arguments[1]!);
        })
        .Source("throwsSource", (_, _, _, _) => throw new RpcException("source threw"))
        .Source("infinite", async (_, _, stream, token) =>
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await stream.SendAsync(RpcValue.FromJson(i), token);
                    await Task.Yield();
                }
            }
            finally
            {
                _lastAbort = true;
            }
        })
        .Source("ticks", async (_, arguments, stream, token) =>
        {
            for (var i = 0; i < (int)arguments[1]!; i++)
            {
                await Task.Delay((int)arguments[0]!, token);
                await stream.SendAsync(RpcValue.FromJson(i), token);
            }
        });

    private void AddSinks(Plugin plugin) => plugin
        .Sink("collect", async (_, arguments, stream, token) =>
        {
            var items = new JsonArray();
            JsonNode? error = null;
            try
            {
                while (await stream.ReadAsync(token) is { } item)
                {
                    using (item)
                        items.Add(Show(item.ToValue()));
                }
            }
            catch (RpcException exception)
            {
                error = new JsonObject { ["name"] = exception.Name, ["message"] = exception.Message };
            }

            _lastSink = new JsonObject { ["tag"] = arguments.Count > 0 ? arguments[0]?.DeepClone() : null, ["err"] = error, ["items"] = items };
        })
        .Sink("abortAfter", async (_, arguments, stream, token) =>
        {
            for (var i = 0; i < (int)arguments[0]!; i++)
                (await stream.ReadAsync(token))?.Dispose();
            throw new RpcException("sink had enough");
        })
        .Sink("discard", async (_, _, stream, token) =>
        {
            while (await stream.ReadAsync(token) is { } item)
                item.Dispose();
        })
        .Duplex("echoDuplex", async (_, _, stream, token) =>
        {
            while (await stream.ReadAsync(token) is { } item)
            {
                using (item)
                    await stream.SendAsync(item.ToValue(), token);
            }
        })
        .Duplex("double", async (_, _, stream, token) =>
        {
            while (await stream.ReadAsync(token) is { } item)
            {
                using (item)
                    await stream.SendAsync(RpcValue.FromJson(2 * (double)item.ToValue().Json!), token);
            }
        });

    public static RpcValue[] Mixed() =>
    [
        RpcValue.FromJson(new JsonObject { ["a"] = 1 }),
        RpcValue.FromText("text"),
        RpcValue.FromBinary(new byte[] { 0, 1, 2, 255 }),
        RpcValue.FromJson(42),
        RpcValue.FromJson(null),
        RpcValue.FromJson(new JsonArray(1, "x")),
        RpcValue.FromJson(true),
        RpcValue.FromJson(0),
        RpcValue.FromText("é€😀"),
    ];

    public static JsonNode? Show(RpcValue value) =>
        value.Kind == RpcKind.Binary
            ? new JsonObject { ["$buffer"] = Convert.ToHexString(value.Binary.Span).ToLower(CultureInfo.InvariantCulture) }
            : value.Json?.DeepClone();

    private static async ValueTask CountAsync(RpcDuplex stream, int count, CancellationToken token)
    {
        for (var i = 0; i < count; i++)
            await stream.SendAsync(RpcValue.FromJson(i), token);
    }

    private static ValueTask<RpcValue> Answer(JsonNode? value) => ValueTask.FromResult(RpcValue.FromJson(value));
}
