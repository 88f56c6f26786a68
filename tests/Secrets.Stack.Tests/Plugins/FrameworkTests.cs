using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack.Tests.Connections;

namespace Secrets.Stack.Tests.Plugins;

/// <summary>Plugins, typed values, the methods of every node, events.</summary>
public class FrameworkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Plugin Foo() => new Plugin("foo", "Words and ticks.")
    {
        ["bar"] = Rpc.Async<int, string>((number, _) => ValueTask.FromResult($"<{number}>")).Describe("Puts a number in brackets.", ("number", "any")),
        ["sum"] = Rpc.Sync<double, double, double>((a, b, _) => a + b),
        ["size"] = Rpc.Sync<byte[], int>((bytes, _) => bytes.Length),
        ["bytes"] = Rpc.Sync<int, byte[]>((count, _) => new byte[count]),
        ["tick"] = Rpc.Sync<Tick, Tick>((tick, _) => tick with { Number = tick.Number + 1 }),
        ["deep.ticks"] = Rpc.Source<int, Tick>((count, _) => Ticks(count)),
        ["double"] = Rpc.Duplex<int, int>((numbers, _) => numbers.Select(number => 2 * number)),
        ["add"] = Rpc.Sink<string, int>(async (name, numbers, call) => Sums[name] = await numbers.SumAsync(call.CancellationToken)),
        ["secret"] = Rpc.Sync(_ => "hidden"),
    }.AllowAnonymous("bar", "sum", "size", "bytes", "tick", "deep", "double", "add");

    private static Dictionary<string, int> Sums { get; } = [];

    [Fact]
    public async Task Typed_values_travel_as_arguments_answers_and_items()
    {
        await using var test = new TestNode(options => options.Json = TickJson.Default, Foo());
        await using var peer = await test.ConnectAsync(options => options.Json = TickJson.Default);

        Assert.Equal("<21>", await peer.CallAsync<string>("foo.bar", [21], Token));
        Assert.Equal(2.75, await peer.CallAsync<double>("foo.sum", [1.25, 1.5], Token));
        Assert.Equal(3, await peer.CallAsync<int>("foo.size", [RpcCodec.WriteBuffer([1, 2, 255])], Token));
        Assert.Equal(4, (await peer.CallAsync<byte[]>("foo.bytes", [4], Token)).Length);
        Assert.Empty(await peer.CallAsync<byte[]>("foo.bytes", [0], Token));
        Assert.Equal(new Tick(8, "x"), await peer.CallAsync<Tick>("foo.tick", [new JsonObject { ["Number"] = 7, ["Word"] = "x" }], Token));
        Assert.Equal([new Tick(0, "tick"), new Tick(1, "tick")], await peer.SourceAsync<Tick>("foo.deep.ticks", [2], Token).ToListAsync(Token));
        Assert.Equal([2, 4, 6], await peer.DuplexAsync<int, int>("foo.double", [], Numbers(3), Token).ToListAsync(Token));
        await peer.SinkAsync("foo.add", ["typed"], Numbers(4), Token);
        Assert.Equal(10, Sums["typed"]);
    }

    [Fact]
    public async Task A_value_of_another_type_is_an_error_for_the_caller_on_either_side()
    {
        await using var test = new TestNode(plugin: Foo());
        await using var peer = await test.ConnectAsync();

        var wrong = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("foo.bar", ["x"], Token));
        Assert.Equal("invalid arguments, number 1 is of another type", wrong.Message);
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("foo.bar", [], Token));
        var answer = await Assert.ThrowsAsync<StackException>(async () => await peer.CallAsync<int>("foo.bar", [1], Token));
        Assert.Equal(StackError.UnexpectedType, answer.Error);
        // a type that nobody said how to write is the author's mistake, and no business of the caller
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("foo.tick", [new JsonObject()], Token));
        Assert.Equal("internal error", unknown.Message);
    }

    [Fact]
    public async Task Every_node_has_a_manifest_help_its_address_and_auth_and_strangers_see_two_of_them()
    {
        using var master = StackKeys.Generate(RandomSource.System);
        await using var test = new TestNode(plugin: Foo(), nodeOptions: options => options.Master(master.PublicKey));
        await using var peer = await test.ConnectAsync();
        await using var host = await test.Client(keys: master).ConnectAsync(test.Address, Token);

        var manifest = await peer.CallAsync<JsonObject>("manifest", cancellationToken: Token);
        Assert.Equal("""{"manifest":"sync","help":"sync","multiserver":{"address":"sync"},"auth":"async","foo":{"bar":"async","sum":"sync","size":"sync","bytes":"sync","tick":"sync","deep":{"ticks":"source"},"double":"duplex","add":"sink","secret":"sync"}}""", manifest.ToJsonString());
        var help = await peer.CallAsync<JsonObject>("help", cancellationToken: Token);
        Assert.Equal("""{"type":"async","description":"Puts a number in brackets.","args":{"number":{"type":"number","description":"any"}}}""", help["commands"]!["foo.bar"]!.ToJsonString());
        foreach (var method in new[] { "auth", "multiserver.address", "foo.secret" })
            _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync(method, [peer.Node.Id], Token));
        Assert.Null(await host.CallAsync<string?>("multiserver.address", cancellationToken: Token));
        Assert.Equal("hidden", await host.CallAsync<string>("foo.secret", cancellationToken: Token));
        Assert.Equal("""{"allow":true,"deny":[]}""", (await host.CallAsync<JsonObject>("auth", [host.Node.Id], Token)).ToJsonString());
    }

    [Fact]
    public async Task A_class_is_a_plugin_and_each_node_has_its_own()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var stack = TestNode.Stack().Use<CounterPlugin>();
        await using var first = stack.CreateNode(keys);
        await using var second = stack.CreateNode(keys);

        Assert.Equal(1, await first.CallAsync<int>("counter.next", cancellationToken: Token));
        Assert.Equal(2, await first.CallAsync<int>("counter.next", cancellationToken: Token));
        Assert.Equal(1, await second.CallAsync<int>("counter.next", cancellationToken: Token));
        _ = await Assert.ThrowsAsync<ArgumentException>(async () => await first.CallAsync<int>("counter.nothing", cancellationToken: Token));
    }

    [Fact]
    public void Plugins_start_in_the_order_of_adding_and_what_they_need_must_be_there()
    {
        var order = new List<string>();
        using var keys = StackKeys.Generate(RandomSource.System);
        var stack = TestNode.Stack().Use(new Plugin("a").Initialize(_ => order.Add("a"))).Use(new Plugin("b").Needs("a").Initialize(_ => order.Add("b")));
        _ = stack.CreateNode(keys);
        Assert.Equal(["a", "b"], order);
        _ = Assert.Throws<ArgumentException>(() => TestNode.Stack().Use(new Plugin("b").Needs("a")).CreateNode(keys));
        _ = Assert.Throws<ArgumentException>(() => SecretStack.Create(_ => { }));
    }

    [Fact]
    public async Task A_method_with_a_time_limit_is_stopped_and_its_caller_told()
    {
        var time = new FakeTime();
        var stopped = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var plugin = new Plugin("slow")
        {
            ["call"] = Rpc.Async(async call =>
            {
                using var registration = call.CancellationToken.Register(stopped.SetResult);
                started.SetResult();
                await Task.Delay(Timeout.Infinite, call.CancellationToken);
                return 1;
            }).Within(TimeSpan.FromSeconds(3)),
        }.AllowAnonymous("call");
        await using var test = new TestNode(
            options =>
            {
                options.TimeProvider = time;
                options.IdleTimeout = Timeout.InfiniteTimeSpan;
            },
            plugin);
        await using var peer = await test.ConnectAsync();
        var call = peer.CallAsync<int>("slow.call", cancellationToken: Token).AsTask();
        await started.Task;
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var error = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal(("TimeoutError", "the time is up"), (error.Name, error.Message));
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task A_stream_with_a_time_limit_is_stopped_and_its_caller_told()
    {
        var time = new FakeTime();
        var stopped = new TaskCompletionSource();
        var plugin = new Plugin("slow")
        {
            ["items"] = Rpc.Source(async call =>
            {
                using var registration = call.CancellationToken.Register(stopped.SetResult);
                await call.Stream.SendAsync(RpcValue.FromJson(1), call.CancellationToken);
                await Task.Delay(Timeout.Infinite, call.CancellationToken);
            }).Within(TimeSpan.FromSeconds(3)),
        }.AllowAnonymous("items");
        await using var test = new TestNode(
            options =>
            {
                options.TimeProvider = time;
                options.IdleTimeout = Timeout.InfiniteTimeSpan;
            },
            plugin);
        await using var peer = await test.ConnectAsync();
        await using var items = await peer.OpenSourceAsync("slow.items", cancellationToken: Token);
        (await items.ReadAsync(Token))!.Value.Dispose();
        var end = items.ReadAsync(Token).AsTask();
        while (!end.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var error = await Assert.ThrowsAsync<RpcException>(() => end);
        Assert.Equal(("TimeoutError", "the time is up"), (error.Name, error.Message));
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        // the connection goes on
        Assert.Contains("no async:slow,items", (await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("slow.items", cancellationToken: Token))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("async")]
    [InlineData("sync")]
    [InlineData("source")]
    [InlineData("sink")]
    [InlineData("duplex")]
    public async Task Nothing_of_a_method_runs_before_its_caller_may_call_it_whatever_its_type(string type)
    {
        var ran = 0;
        ValueTask Run()
        {
            ran++;
            return ValueTask.CompletedTask;
        }

        var plugin = new Plugin("closed")
        {
            ["async"] = Rpc.Async(async _ =>
            {
                await Run();
                return 1;
            }),
            ["sync"] = Rpc.Sync(_ => ++ran),
            ["source"] = Rpc.Source(_ => Run()),
            ["sink"] = Rpc.Sink(_ => Run()),
            ["duplex"] = Rpc.Duplex(_ => Run()),
        };
        await using var test = new TestNode(plugin: plugin, nodeOptions: options => options.Anonymous = StackPermissions.Everything.Except($"closed.{type}"));
        test.Node.Hook($"closed.{type}", (call, next) =>
        {
            ran++;
            return next(call);
        });
        await using var peer = await test.ConnectAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            if (type is "async" or "sync")
                _ = await peer.CallAsync($"closed.{type}", cancellationToken: Token);
            await using var stream = type switch
            {
                "source" => await peer.OpenSourceAsync("closed.source", cancellationToken: Token),
                "sink" => await peer.OpenSinkAsync("closed.sink", cancellationToken: Token),
                _ => await peer.OpenDuplexAsync("closed.duplex", cancellationToken: Token),
            };
            _ = await stream.ReadAsync(Token);
        });

        Assert.Equal($"method:closed,{type} is on list of disallowed methods", refused.Message);
        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task Events_tell_who_comes_who_goes_and_who_was_refused()
    {
        var seen = new List<string>();
        await using var test = new TestNode(authorize: (_, _) => ValueTask.FromResult<StackPermissions?>(seen.Count < 2 ? StackPermissions.Anonymous : null));
        var gone = new TaskCompletionSource();
        test.Node.Connected += peer => seen.Add($"connected {peer.IsClient}");
        test.Node.Connected += _ => throw new InvalidOperationException("a listener's fault");
        test.Node.Disconnected += (_, error) =>
        {
            seen.Add($"disconnected {error}");
            gone.SetResult();
        };
        test.Node.Refused += error => seen.Add($"refused {error}");
        test.Node.Closed += () => seen.Add("closed");

        await using (var peer = await test.ConnectAsync())
            Assert.Equal(1, await peer.CallAsync<int>("harness.echo", [1], Token));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        _ = await Assert.ThrowsAsync<StackException>(async () => await test.ConnectAsync());
        _ = await test.LastServed;
        await test.Node.DisposeAsync();

        Assert.Equal(["connected False", "disconnected Closed", "refused NotWanted", "closed"], seen);
    }

    [Fact]
    public async Task A_client_offers_nothing_not_even_a_manifest()
    {
        var called = new TaskCompletionSource<StackPeer>();
        await using var test = new TestNode();
        test.Node.Connected += called.SetResult;
        await using var peer = await test.ConnectAsync();
        await using var back = await called.Task;

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await back.CallAsync("manifest", cancellationToken: Token));
        Assert.Equal("method:manifest is not in list of allowed methods", refused.Message);
        var (_, far) = DuplexPair.Create();
        await test.DisposeAsync();
        Assert.NotEqual(peer.Node.Id, peer.RemoteId);
        await far.DisposeAsync();
    }

    private static async IAsyncEnumerable<Tick> Ticks(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return new Tick(i, "tick");
        }
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private sealed class CounterPlugin : IStackPlugin
    {
        private int _count;

        public Plugin Build() => new("counter") { ["next"] = Rpc.Sync(_ => ++_count) };
    }
}
