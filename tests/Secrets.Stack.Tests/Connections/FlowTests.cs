using System.Runtime.CompilerServices;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests.Connections;

/// <summary>Back-pressure, deadlines, cancelling and closing.</summary>
public class FlowTests
{
    private static readonly byte[] Kilobyte = new byte[1024];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_reader_holds_up_the_sender_and_loses_nothing_E_78()
    {
        var sent = 0;
        var plugin = new Plugin("fast")
        {
            ["items"] = Rpc.Source(async call =>
        {
            for (var i = 0; i < 4000; i++)
            {
                await call.Stream.SendAsync(Kilobyte, call.CancellationToken);
                Interlocked.Increment(ref sent);
            }
        }),
        }.AllowAnonymous("items");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync(options =>
        {
            options.WithoutExtensionForTestsOnly = true;
            options.ReceiveQueueSize = 100_000;
        });
        await using var stream = await peer.OpenSourceAsync("fast.items", cancellationToken: Token);
        (await stream.ReadAsync(Token))!.Value.Dispose();
        while (!Volatile.Read(ref sent).Equals(await SettleAsync(() => Volatile.Read(ref sent))))
            await Task.Yield();
        // queues of both sides and of the pipe between them, not four megabytes
        Assert.InRange(Volatile.Read(ref sent), 100, 2000);

        var count = 1;
        while (await stream.ReadAsync(Token) is { } item)
        {
            item.Dispose();
            count++;
        }

        Assert.Equal(4000, count);
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_holds_up_others_only_until_it_is_aborted_E_78()
    {
        var time = new FakeTime();
        var plugin = new Plugin("fast")
        {
            ["items"] = Rpc.Source(async call =>
            {
                while (true)
                    await call.Stream.SendAsync(Kilobyte, call.CancellationToken);
            }),
            ["echo"] = Rpc.Async(call => ValueTask.FromResult(RpcValue.FromJson(call.Arguments[0]?.DeepClone()))),
        }.AllowAnonymous("items", "echo");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync(options =>
        {
            options.WithoutExtensionForTestsOnly = true;
            options.ReceiveQueueSize = 50_000;
            options.TimeProvider = time;
            options.StallTimeout = TimeSpan.FromSeconds(30);
            options.IdleTimeout = Timeout.InfiniteTimeSpan;
        });
        await using var stream = await peer.OpenSourceAsync("fast.items", cancellationToken: Token);
        while (!peer.Budget.IsFull)
            await Task.Yield();
        var call = peer.CallAsync("fast.echo", [7], Token).AsTask();
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(7, (int)(await call).Json!);
        var error = await Assert.ThrowsAsync<StackException>(async () => await stream.ReadAsync(Token));
        Assert.Equal(StackError.StreamStalled, error.Error);
    }

    [Fact]
    public async Task A_cancelled_source_tells_the_method_that_serves_it()
    {
        var cancelled = new TaskCompletionSource();
        var plugin = new Plugin("slow")
        {
            ["items"] = Rpc.Source(async call =>
        {
            await call.Stream.SendAsync(Kilobyte, call.CancellationToken);
            using var registration = call.CancellationToken.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, call.CancellationToken);
        }),
        }.AllowAnonymous("items");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync();
        await using (var stream = await peer.OpenSourceAsync("slow.items", cancellationToken: Token))
            (await stream.ReadAsync(Token))!.Value.Dispose();
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task A_call_that_nobody_waits_for_any_more_leaves_the_connection_alone()
    {
        await using var test = new TestNode();
        await using var peer = await test.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        var call = peer.CallAsync("harness.never", cancellationToken: cancel.Token).AsTask();
        await cancel.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, (int)(await peer.CallAsync("harness.echo", [1], Token)).Json!);
    }

    [Fact]
    public async Task An_idle_connection_ends_after_its_time_and_one_in_use_does_not()
    {
        var time = new FakeTime();
        await using var test = new TestNode(options =>
        {
            options.TimeProvider = time;
            options.IdleTimeout = TimeSpan.FromMinutes(10);
        });
        await using var peer = await test.ConnectAsync();
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromMinutes(4));
            Assert.Equal(i, (int)(await peer.CallAsync("harness.echo", [i], Token)).Json!);
        }

        for (var i = 0; i < 6; i++)
            time.Advance(TimeSpan.FromMinutes(2.5));
        Assert.Equal(StackError.Closed, await peer.Completion);
        Assert.Equal(StackError.Idle, await test.LastServed);
    }

    [Fact]
    public async Task Closing_lets_open_calls_end_and_refuses_new_ones()
    {
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var plugin = new Plugin("slow")
        {
            ["call"] = Rpc.Async(async _ =>
        {
            started.SetResult();
            await release.Task;
            return RpcValue.FromText("late");
        }),
        }.AllowAnonymous("call");
        await using var test = new TestNode(plugin: plugin);
        var peer = await test.ConnectAsync();
        var call = peer.CallAsync("slow.call", cancellationToken: Token).AsTask();
        await started.Task;
        var closing = peer.CloseAsync().AsTask();
        _ = await Assert.ThrowsAsync<StackException>(async () => await peer.CallAsync("slow.call", cancellationToken: Token));
        release.SetResult();
        Assert.Equal("late", (await call).Text);
        await closing;
        Assert.Equal(StackError.Closed, await test.LastServed);
    }

    [Fact]
    public async Task Disposing_fails_what_is_open_and_the_other_side_hears_goodbye()
    {
        await using var test = new TestNode();
        var peer = await test.ConnectAsync();
        var call = peer.CallAsync("harness.never", cancellationToken: Token).AsTask();
        await using var stream = await peer.OpenDuplexAsync("harness.echoDuplex", cancellationToken: Token);
        await peer.DisposeAsync();
        Assert.Equal(StackError.Closed, (await Assert.ThrowsAsync<StackException>(() => call)).Error);
        _ = await Assert.ThrowsAsync<StackException>(async () => await stream.ReadAsync(Token));
        Assert.True(stream.Aborted.IsCancellationRequested);
        Assert.Equal(StackError.Closed, await test.LastServed);
    }

    [Fact]
    public async Task A_connection_that_breaks_without_a_goodbye_fails_what_is_open()
    {
        await using var test = new TestNode();
        var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.DisposeAsync();
        Assert.Equal(StackError.UnexpectedEnd, await raw.Served);
    }

    [Fact]
    public async Task A_sink_is_complete_when_the_other_side_took_everything()
    {
        var taken = 0;
        var plugin = new Plugin("slow")
        {
            ["sink"] = Rpc.Sink(async call =>
        {
            while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
            {
                item.Dispose();
                taken++;
            }
        }),
        }.AllowAnonymous("sink");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync();
        await using var sink = await peer.OpenSinkAsync("slow.sink", cancellationToken: Token);
        for (var i = 0; i < 100; i++)
            await sink.SendAsync(Kilobyte, Token);
        await sink.CompleteAsync();
        Assert.Null(await sink.ReadAsync(Token));
        Assert.Equal(100, taken);
        _ = await Assert.ThrowsAsync<StackException>(async () => await sink.SendAsync(Kilobyte, Token));
    }

    [Fact]
    public async Task Nothing_is_sent_that_others_take_for_a_goodbye_and_nothing_too_large()
    {
        await using var test = new TestNode();
        await using var peer = await test.ConnectAsync();
        await using var stream = await peer.OpenDuplexAsync("harness.echoDuplex", cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await stream.SendAsync(ReadOnlyMemory<byte>.Empty, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await stream.SendAsync(new byte[StackOptions.DefaultMaxItemSize + 1], Token));
        await stream.SendAsync(RpcValue.FromText(""), Token);
        using var echo = await stream.ReadAsync(Token);
        Assert.Equal("", echo!.Value.ToValue().Text);
        Assert.Equal("", (await peer.CallAsync("harness.emptyString", cancellationToken: Token)).Text);
    }

    [Fact]
    public async Task When_all_numbers_are_used_nothing_more_is_opened_and_the_connection_lives()
    {
        await using var test = new TestNode();
        await using var peer = await test.ConnectAsync();
        LastId(peer) = int.MaxValue - 1;

        Assert.Equal("last", await peer.CallAsync<string>("harness.echo", ["last"], Token));
        Assert.Equal(StackError.RequestsExhausted, (await Assert.ThrowsAsync<StackException>(async () => await peer.CallAsync("harness.echo", ["more"], Token))).Error);
        Assert.Equal(StackError.RequestsExhausted, (await Assert.ThrowsAsync<StackException>(async () => await peer.OpenSourceAsync("harness.count", [1], Token))).Error);
        // a client has no methods, and says so
        _ = await Assert.ThrowsAsync<RpcException>(async () => await test.Node.Peers.Single().CallAsync("harness.echo", ["theirs"], Token));
    }

    [Fact]
    public async Task Both_sides_can_call_each_other()
    {
        var called = new TaskCompletionSource<StackPeer>();
        using var keys = StackKeys.Generate(Crypto.RandomSource.System);
        using var clientKeys = StackKeys.Generate(Crypto.RandomSource.System);
        var stack = TestNode.Stack().Use<HarnessPlugin>();
        await using var server = await stack.StartAsync(keys, node => node.Listen("net:::1:0~shs"), Token);
        server.Connected += called.SetResult;
        await using var client = stack.CreateNode(clientKeys);
        var address = server.Address!;

        await using var peer = await client.ConnectAsync(address, Token);
        await using var back = await called.Task;

        Assert.Equal(1, (int)(await back.CallAsync("harness.echo", [1], Token)).Json!);
        Assert.Equal(2, (int)(await peer.CallAsync("harness.callMeBack", [2], Token)).Json!);
        Assert.StartsWith("net:::1:", back.RemoteAddress, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable_and_the_next_alternative_is_tried()
    {
        using var keys = StackKeys.Generate(Crypto.RandomSource.System);
        await using var server = await TestNode.Stack().Use<HarnessPlugin>().StartAsync(keys, node => node.Listen("net:127.0.0.1:0~shs"), Token);
        var nobody = new StackEndpoint(StackTransport.Tcp, "127.0.0.1", 1);
        var somebody = server.Address!.Endpoints.Single();
        await using var client = TestNode.Stack().CreateClient();

        Assert.Equal(StackError.Unreachable, (await Assert.ThrowsAsync<StackException>(async () => await client.ConnectAsync(new MultiserverAddress(keys.PublicKey, nobody), Token))).Error);
        await using var peer = await client.ConnectAsync(new MultiserverAddress(keys.PublicKey, nobody, somebody), Token);
        Assert.Equal(keys.PublicKey, peer.RemoteKey);
    }

    /// <summary>The value when it no longer changes over many turns of the scheduler.</summary>
    private static async Task<int> SettleAsync(Func<int> value)
    {
        var last = value();
        for (var i = 0; i < 2000; i++)
            await Task.Yield();
        return last;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lastId")]
    private static extern ref int LastId(StackPeer peer);
}
