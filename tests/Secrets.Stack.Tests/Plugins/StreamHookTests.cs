using Secrets.Stack.Tests.Connections;

namespace Secrets.Stack.Tests.Plugins;

/// <summary>Hooks around streams: they see the items, change them, leave some out, add their own.</summary>
public class StreamHookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hook_around_a_source_changes_leaves_out_and_adds_items()
    {
        await using var test = new TestNode();
        test.Node.Hook("harness.count", async (call, next) =>
        {
            await call.Stream.SendAsync(RpcValue.FromText("first"), call.CancellationToken);
            var value = await next(call.WithItems(sent: item => (int)item.Json! % 2 == 0 ? null : RpcValue.FromJson(10 * (int)item.Json!)));
            await call.Stream.SendAsync(RpcValue.FromText("last"), call.CancellationToken);
            return value;
        });
        await using var peer = await test.ConnectAsync();

        var items = await peer.SourceAsync<RpcValue>("harness.count", [6], Token).Select(item => item.Text ?? item.Json!.ToJsonString()).ToListAsync(Token);
        Assert.Equal(["first", "10", "30", "50", "last"], items);
    }

    [Fact]
    public async Task A_hook_around_a_sink_sees_what_comes_before_the_method_does()
    {
        var seen = new List<string>();
        await using var test = new TestNode();
        test.Node.Hook("harness.collect", (call, next) => next(call.WithItems(received: item =>
        {
            seen.Add(item.Text!);
            return item.Text == "bad" ? null : RpcValue.FromText(item.Text!.ToUpperInvariant());
        })));
        await using var peer = await test.ConnectAsync();

        await peer.SinkAsync("harness.collect", ["t"], new[] { "a", "bad", "b" }.ToAsyncEnumerable(), Token);

        Assert.Equal(["a", "bad", "b"], seen);
        Assert.Equal("""["A","B"]""", (await peer.CallAsync("harness.lastSink", cancellationToken: Token)).Json!["items"]!.ToJsonString());
    }

    [Fact]
    public async Task Hooks_around_a_duplex_are_layers_in_both_directions()
    {
        await using var test = new TestNode();
        foreach (var name in new[] { "inner", "outer" })
        {
            test.Node.Hook("harness.echoDuplex", (call, next) => next(call.WithItems(
                received: item => RpcValue.FromText($"{item.Text}>{name}"),
                sent: item => RpcValue.FromText($"{item.Text}<{name}"))));
        }

        await using var peer = await test.ConnectAsync();
        var items = await peer.DuplexAsync<string, string>("harness.echoDuplex", [], new[] { "x" }.ToAsyncEnumerable(), Token).ToListAsync(Token);

        Assert.Equal(["x>outer>inner<inner<outer"], items);
    }

    [Fact]
    public async Task What_a_hook_throws_at_an_item_ends_that_stream_with_its_words_and_no_other()
    {
        await using var test = new TestNode();
        test.Node.Hook("harness.infinite", (call, next) => next(call.WithItems(sent: item => (int)item.Json! < 3 ? item : throw new RpcException("that is enough"))));
        await using var peer = await test.ConnectAsync();
        await using var other = await peer.OpenDuplexAsync("harness.echoDuplex", cancellationToken: Token);

        var items = new List<int>();
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var item in peer.SourceAsync<int>("harness.infinite", [], Token))
                items.Add(item);
        });

        Assert.Equal("that is enough", error.Message);
        Assert.Equal([0, 1, 2], items);
        await other.SendAsync(RpcValue.FromText("still here"), Token);
        using var echo = await other.ReadAsync(Token);
        Assert.Equal("still here", echo!.Value.ToValue().Text);
    }

    [Fact]
    public async Task Bytes_pass_a_hook_whichever_way_the_method_takes_and_sends_them()
    {
        var plugin = new Plugin("raw")
        {
            ["echo"] = Rpc.Duplex(async call =>
            {
                while (await call.Stream.WaitToReadAsync(call.CancellationToken))
                {
                    while (call.Stream.TryRead(out var item))
                    {
                        using (item)
                        {
                            if (!call.Stream.TrySend(item!.Body.Span))
                                await call.Stream.SendAsync(item.Body, call.CancellationToken);
                        }
                    }
                }
            }),
        }.AllowAnonymous("echo");
        await using var test = new TestNode(plugin: plugin);
        test.Node.Hook("raw.echo", (call, next) => next(call.WithItems(
            received: item => item.Binary.Span[0] == 0 ? null : item,
            sent: item => RpcValue.FromBinary((byte[])[.. item.Binary.Span, 255]))));
        await using var peer = await test.ConnectAsync();

        var items = await peer.DuplexAsync<byte[], byte[]>("raw.echo", [], new byte[][] { [1], [0, 1], [2, 3] }.ToAsyncEnumerable(), Token).ToListAsync(Token);

        Assert.Equal<byte[]>([[1, 255], [2, 3, 255]], items);
    }

    [Fact]
    public async Task A_call_with_one_answer_has_no_items()
    {
        await using var test = new TestNode();
        test.Node.Hook("harness.hello", (call, next) => next(call.WithItems()));

        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.Node.CallAsync<string>("harness.hello", ["bob"], Token));
    }

    [Fact]
    public async Task A_node_uses_its_own_streams_over_a_connection_to_itself_through_the_same_hooks()
    {
        await using var test = new TestNode();
        test.Node.Hook("harness.count", (call, next) => next(call.WithItems(sent: item => RpcValue.FromJson(1 + (int)item.Json!))));
        await using (var self = await test.Node.ConnectSelfAsync(Token))
        {
            Assert.Equal([1, 2, 3], await self.SourceAsync<int>("harness.count", [3], Token).ToListAsync(Token));
            Assert.Equal("you must never see this", await self.CallAsync<string>("harness.denied", [], Token));
            Assert.Equal(test.Node.Id, self.RemoteId);
        }

        await test.Node.DisposeAsync();
        Assert.Equal(StackError.Closed, (await Assert.ThrowsAsync<StackException>(async () => await test.Node.ConnectSelfAsync(Token))).Error);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.Client().ConnectSelfAsync(Token));
    }
}
