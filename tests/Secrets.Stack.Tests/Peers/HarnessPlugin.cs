using System.Globalization;
using System.Text.Json.Nodes;

namespace Secrets.Stack.Tests.Peers;

/// <summary>The methods of tests/peers/secret-stack/plugin.js, in C#.</summary>
internal sealed class HarnessPlugin : IStackPlugin
{
    private JsonNode? _lastSink;
    private JsonNode? _lastAbort;

    public static string Id(StackPeer peer) => $"@{Convert.ToBase64String(peer.RemoteKey.Bytes)}.ed25519";

    public Plugin Build()
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

    private void AddCalls(Plugin plugin)
    {
        plugin["echo"] = Rpc.Async(call => Answer(call.Arguments[0]?.DeepClone()));
        plugin["args"] = Rpc.Async(call => Answer(call.Arguments.DeepClone()));
        plugin["add"] = Rpc.Async(call => Answer(JsonValue.Create((int)call.Arguments[0]! + (int)call.Arguments[1]!)));
        plugin["delay"] = Rpc.Async(async call =>
        {
            await Task.Delay((int)call.Arguments[0]!, call.CancellationToken);
            return RpcValue.FromJson(call.Arguments[1]?.DeepClone());
        });
        plugin["bytes"] = Rpc.Async(call => ValueTask.FromResult(RpcValue.FromBinary(Enumerable.Range(0, (int)call.Arguments[0]!).Select(i => (byte)(i & 255)).ToArray())));
        plugin["string"] = Rpc.Async(call => ValueTask.FromResult(RpcValue.FromText(new string('x', (int)call.Arguments[0]!))));
        plugin["whoami"] = Rpc.Async(call => Answer(new JsonObject { ["id"] = Id(call.Peer), ["pubkey"] = Convert.ToBase64String(call.Peer.RemoteKey.Bytes), ["address"] = call.Peer.RemoteAddress }));
        plugin["callMeBack"] = Rpc.Async(call => call.Peer.CallAsync("harness.echo", [call.Arguments[0]?.DeepClone()], call.CancellationToken));
        plugin["lastSink"] = Rpc.Async(_ => Answer(_lastSink?.DeepClone()));
        plugin["lastAbort"] = Rpc.Async(_ => Answer(_lastAbort?.DeepClone()));
        plugin["stats"] = Rpc.Async(_ => Answer(new JsonObject { ["peers"] = 1 }));
        plugin["denied"] = Rpc.Async(_ => Answer("you must never see this"));
        plugin["aliceOnly"] = Rpc.Async(_ => Answer("hihihi"));
        plugin["nested.deep.method"] = Rpc.Async(call => Answer(new JsonObject { ["deep"] = call.Arguments[0]?.DeepClone() }));
        plugin["hello"] = Rpc.Sync(call => RpcValue.FromText($"Hello, {call.Arguments[0]}."));
    }

    private static void AddOddCalls(Plugin plugin)
    {
        plugin["fail"] = Rpc.Async<RpcValue>(call => throw new RpcException("TypeError", (string)call.Arguments[0]!));
        plugin["failString"] = Rpc.Async<RpcValue>(_ => throw new RpcException("plain string"));
        plugin["throws"] = Rpc.Async<RpcValue>(_ => throw new RpcException("thrown synchronously"));
        plugin["never"] = Rpc.Async<RpcValue>(async call =>
        {
            await Task.Delay(Timeout.Infinite, call.CancellationToken);
            return default;
        });
        plugin["undef"] = Rpc.Async(_ => Answer(false));
        plugin["nul"] = Rpc.Async(_ => Answer(null));
        plugin["emptyString"] = Rpc.Async(_ => ValueTask.FromResult(RpcValue.FromText("")));
        plugin["syncFail"] = Rpc.Sync<RpcValue>(_ => throw new RpcException("RangeError", "sync failure"));
    }

    private void AddSources(Plugin plugin)
    {
        plugin["count"] = Rpc.Source(call => CountAsync(call.Stream, (int)call.Arguments[0]!, call.CancellationToken));
        plugin["nested.deep.items"] = Rpc.Source(call => CountAsync(call.Stream, (int)call.Arguments[0]!, call.CancellationToken));
        plugin["buffers"] = Rpc.Source(async call =>
        {
            var body = Enumerable.Repeat((byte)0x61, (int)call.Arguments[0]!).ToArray();
            for (var i = 0; i < (int)call.Arguments[1]!; i++)
                await call.Stream.SendAsync(body, call.CancellationToken);
        });
        plugin["mixed"] = Rpc.Source(async call =>
        {
            foreach (var value in Mixed())
                await call.Stream.SendAsync(value, call.CancellationToken);
        });
        plugin["failAfter"] = Rpc.Source(async call =>
        {
            await CountAsync(call.Stream, (int)call.Arguments[0]!, call.CancellationToken);
            throw new RpcException((string)call.Arguments[1]!);
        });
        plugin["throwsSource"] = Rpc.Source(_ => ValueTask.FromException(new RpcException("source threw")));
        plugin["infinite"] = Rpc.Source(async call =>
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await call.Stream.SendAsync(RpcValue.FromJson(i), call.CancellationToken);
                    await Task.Yield();
                }
            }
            finally
            {
                _lastAbort = true;
            }
        });
        plugin["ticks"] = Rpc.Source(async call =>
        {
            for (var i = 0; i < (int)call.Arguments[1]!; i++)
            {
                await Task.Delay((int)call.Arguments[0]!, call.CancellationToken);
                await call.Stream.SendAsync(RpcValue.FromJson(i), call.CancellationToken);
            }
        });
    }

    private void AddSinks(Plugin plugin)
    {
        plugin["collect"] = Rpc.Sink(async call =>
        {
            var items = new JsonArray();
            JsonNode? error = null;
            try
            {
                while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
                {
                    using (item)
                        items.Add(Show(item.ToValue()));
                }
            }
            catch (RpcException exception)
            {
                error = new JsonObject { ["name"] = exception.Name, ["message"] = exception.Message };
            }

            _lastSink = new JsonObject { ["tag"] = call.Arguments.Count > 0 ? call.Arguments[0]?.DeepClone() : null, ["err"] = error, ["items"] = items };
        });
        plugin["abortAfter"] = Rpc.Sink(async call =>
        {
            for (var i = 0; i < (int)call.Arguments[0]!; i++)
                (await call.Stream.ReadAsync(call.CancellationToken))?.Dispose();
            throw new RpcException("sink had enough");
        });
        plugin["discard"] = Rpc.Sink(async call =>
        {
            while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
                item.Dispose();
        });
        plugin["echoDuplex"] = Rpc.Duplex(async call =>
        {
            while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
            {
                using (item)
                    await call.Stream.SendAsync(item.ToValue(), call.CancellationToken);
            }
        });
        plugin["double"] = Rpc.Duplex(async call =>
        {
            while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
            {
                using (item)
                    await call.Stream.SendAsync(RpcValue.FromJson(2 * (double)item.ToValue().Json!), call.CancellationToken);
            }
        });
    }

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
