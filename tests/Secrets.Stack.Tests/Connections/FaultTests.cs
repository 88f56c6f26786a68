using System.Runtime.CompilerServices;
using Secrets.Crypto;

namespace Secrets.Stack.Tests.Connections;

/// <summary>Programs and peers that do what they should not: what they began ends, is bounded, and is named; nothing else suffers.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_that_break_off_are_no_end_to_who_takes_them()
    {
        var ends = new List<TaskCompletionSource<string>>();
        async ValueTask TakeAsync(RpcCall call)
        {
            var end = ends[^1];
            try
            {
                await foreach (var item in call.Stream.ReadAllAsync<int>(call.CancellationToken))
                    _ = item;
                end.SetResult("whole");
            }
            catch (Exception failure)
            {
                end.SetResult(failure is RpcException named ? named.Name : "cancelled");
                throw;
            }
        }

        TaskCompletionSource<string> Next()
        {
            ends.Add(new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
            return ends[^1];
        }

        await using var test = new TestNode(plugin: new Plugin("take") { ["sink"] = Rpc.Sink(TakeAsync), ["duplex"] = Rpc.Duplex(TakeAsync) }.AllowAnonymous("sink", "duplex"));
        await using var peer = await test.ConnectAsync();

        var end = Next();
        await peer.SinkAsync("take.sink", [], ItemsAsync(throws: false), Token);
        Assert.Equal("whole", await end.Task.WaitAsync(Patience, Token));

        end = Next();
        _ = await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () => await peer.SinkAsync("take.sink", [], ItemsAsync(throws: true), Token));
        Assert.NotEqual("whole", await end.Task.WaitAsync(Patience, Token));

        end = Next();
        using var stop = new CancellationTokenSource();
        var sending = peer.SinkAsync("take.sink", [], EndlessAsync(), stop.Token).AsTask();
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience, Token));
        Assert.NotEqual("whole", await end.Task.WaitAsync(Patience, Token));

        end = Next();
        using var leave = new CancellationTokenSource();
        var both = peer.DuplexAsync<int, int>("take.duplex", [], EndlessAsync(), leave.Token).FirstAsync(Token).AsTask();
        await leave.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => both.WaitAsync(Patience, Token));
        Assert.NotEqual("whole", await end.Task.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Items_that_never_come_don_t_hide_that_the_other_side_had_enough()
    {
        await using var test = new TestNode(plugin: new Plugin("no") { ["sink"] = Rpc.Sink(static _ => throw new RpcException("full")) }.AllowAnonymous("sink"));
        await using var peer = await test.ConnectAsync(static options => options.CloseTimeout = TimeSpan.FromMilliseconds(50));

        var failure = await Assert.ThrowsAsync<RpcException>(() => peer.SinkAsync("no.sink", [], NeverAsync(), Token).AsTask().WaitAsync(Patience, Token));

        Assert.Equal("full", failure.Message);
    }

    [Fact]
    public async Task The_largest_items_leave_room_for_their_ends()
    {
        var plugin = new Plugin("large")
        {
            ["echo"] = Rpc.Duplex(static async call =>
            {
                while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
                {
                    using (item)
                        await call.Stream.SendAsync(item.Body.ToArray(), call.CancellationToken);
                }
            }),
        }.AllowAnonymous("echo");
        await using var test = new TestNode(static options => options.MaxItemSize = 8 << 20, plugin);
        await using var peer = await test.ConnectAsync(static options => options.MaxItemSize = 8 << 20);
        for (var round = 0; round < 3; round++)
        {
            await using var echo = await peer.OpenDuplexAsync("large.echo", cancellationToken: Token);
            for (var i = 0; i < 2; i++)
                await echo.SendAsync(new byte[5_000_000], Token);
            await echo.CompleteAsync();
            for (var i = 0; i < 2; i++)
            {
                using var item = (await echo.ReadAsync(Token))!.Value;
                Assert.Equal(5_000_000, item.Length);
            }

            Assert.Null(await echo.ReadAsync(Token));
        }
    }

    [Fact]
    public async Task Arguments_that_wait_are_bounded_and_one_large_request_is_served()
    {
        var plugin = new Plugin("long") { ["lines"] = Rpc.Source(static call => new ValueTask(Task.Delay(Timeout.Infinite, call.CancellationToken))) }.AllowAnonymous("lines");
        await using var test = new TestNode(static options => options.ReceiveQueueSize = 200_000, plugin);
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        var arguments = new string('x', 60_000);
        for (var id = 1; id <= 8; id++)
            await raw.SendPacketAsync(0x0a, id, $$"""{"name":["long","lines"],"args":["{{arguments}}"],"type":"source"}""");

        for (var id = 5; id <= 8; id++)
            Assert.Equal($$"""-{{id}} stream end {"message":"too many open requests","name":"Error"}""", await raw.ReceiveAsync());
    }

    [Fact]
    public async Task No_method_begins_while_answers_pile_up_that_nobody_takes()
    {
        var begun = 0;
        var plugin = new Plugin("large")
        {
            ["answer"] = Rpc.Async(_ =>
            {
                Interlocked.Increment(ref begun);
                return ValueTask.FromResult(RpcValue.FromBinary(new byte[100_000]));
            }),
        }.AllowAnonymous("answer");
        await using var test = new TestNode(static options => (options.ReceiveQueueSize, options.SendQueueSize, options.CloseTimeout) = (300_000, 4_096, TimeSpan.FromMilliseconds(50)), plugin);
        var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        for (var id = 1; id <= 200; id++)
            await raw.SendPacketAsync(0x02, id, """{"name":["large","answer"],"args":[]}""");
        for (var (before, now) = (-1, 0); before != now || now == 0; before = now, now = Volatile.Read(ref begun))
            await Task.Delay(200, Token);

        Assert.InRange(begun, 1, 40);
        // and all are answered once they are taken
        for (var i = 0; i < 200; i++)
            Assert.NotNull(await raw.ReceiveAsync());
        await raw.DisposeAsync();
    }

    [Fact]
    public async Task Streams_that_ended_and_are_not_read_hold_nobody_up_for_ever()
    {
        var plugin = new Plugin("some")
        {
            ["item"] = Rpc.Source(static async call => await call.Stream.SendAsync(new byte[10_000], call.CancellationToken)),
            ["echo"] = Rpc.Async(static call => ValueTask.FromResult(RpcValue.FromJson(call.Arguments[0]!.DeepClone()))),
        }.AllowAnonymous("item", "echo");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync(static options => (options.ReceiveQueueSize, options.StallTimeout) = (100_000, TimeSpan.FromMilliseconds(300)));
        var ended = new List<RpcDuplex>();
        for (var i = 0; i < 15; i++)
            ended.Add(await peer.OpenSourceAsync("some.item", cancellationToken: Token));
        while (!peer.Budget.IsFull)
            await Task.Delay(10, Token);

        Assert.Equal(7, await peer.CallAsync<int>("some.echo", [7], Token).AsTask().WaitAsync(Patience, Token));
        // what was kept is still there, what was not says so
        var (read, stalled) = (0, 0);
        foreach (var stream in ended)
        {
            try
            {
                (await stream.ReadAsync(Token))?.Dispose();
                read++;
            }
            catch (StackException failure)
            {
                Assert.Equal(StackError.StreamStalled, failure.Error);
                stalled++;
            }
        }

        Assert.True(read > 0 && stalled > 0, $"{read} read, {stalled} stalled");
    }

    [Fact]
    public async Task Who_reads_nothing_does_not_take_the_silence_for_the_other_s()
    {
        var time = new FakeTime();
        var plugin = new Plugin("much")
        {
            ["items"] = Rpc.Source(static async call =>
            {
                while (true)
                    await call.Stream.SendAsync(new byte[1_000], call.CancellationToken);
            }),
        }.AllowAnonymous("items");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync(options =>
        {
            (options.TimeProvider, options.KeepAlive, options.StallTimeout) = (time, TimeSpan.FromSeconds(4), TimeSpan.FromHours(1));
            (options.ReceiveQueueSize, options.WithoutExtensionForTestsOnly) = (50_000, true);
        });
        await using var stream = await peer.OpenSourceAsync("much.items", cancellationToken: Token);
        while (!peer.Budget.IsFull)
            await Task.Delay(10, Token);

        for (var i = 0; i < 20; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Token);
        }

        Assert.False(peer.Completion.IsCompleted);
        for (var i = 0; i < 200; i++)
            (await stream.ReadAsync(Token))!.Value.Dispose();
    }

    [Fact]
    public async Task A_method_that_should_answer_at_once_and_blocks_keeps_no_node_from_stopping()
    {
        using var release = new SemaphoreSlim(0);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var plugin = new Plugin("block")
        {
            ["now"] = Rpc.Sync(_ =>
            {
                begun.SetResult();
                release.Wait(Token);
                return RpcValue.FromText("late");
            }),
        }.AllowAnonymous("now");
        var test = new TestNode(static options => options.CloseTimeout = TimeSpan.FromMilliseconds(50), plugin);
        var peer = await test.ConnectAsync();
        var call = peer.CallAsync("block.now", cancellationToken: Token).AsTask();
        await begun.Task.WaitAsync(Patience, Token);

        await test.Node.DisposeAsync().AsTask().WaitAsync(Patience, Token);

        Assert.Equal(StackError.Closed, await test.LastServed.WaitAsync(Patience, Token));
        _ = await Assert.ThrowsAsync<StackException>(() => call.WaitAsync(Patience, Token));
        _ = release.Release();
        await test.DisposeAsync();
    }

    [Fact]
    public async Task A_stopped_node_connects_no_more()
    {
        await using var test = new TestNode();
        var client = test.Client();
        await using var lasting = client.KeepConnected(test.Address);
        _ = await lasting.GetPeerAsync(Token).WaitAsync(Patience, Token);

        await Task.WhenAll(client.DisposeAsync().AsTask(), client.DisposeAsync().AsTask());

        Assert.Equal(StackError.Closed, (await Assert.ThrowsAsync<StackException>(async () => await client.ConnectAsync(test.Address, Token))).Error);
        Assert.Equal(StackError.Closed, (await Assert.ThrowsAsync<StackException>(() => lasting.GetPeerAsync(Token).WaitAsync(Patience, Token))).Error);
        Assert.Empty(client.Peers);
    }

    [Fact]
    public async Task What_fails_while_a_node_stops_is_told_when_all_the_rest_is_done()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var node = TestNode.Stack().CreateNode(keys);
        var (good, isClosed) = (new Resource(throws: false), false);
        node.Own(new Resource(throws: true));
        node.Own(good);
        node.Closed += () => isClosed = true;

        _ = await Assert.ThrowsAsync<TimeZoneNotFoundException>(async () => await node.DisposeAsync());

        Assert.True(good.IsDisposed && isClosed);
    }

    [Fact]
    public async Task An_auth_hook_that_never_decides_holds_no_place()
    {
        var time = new FakeTime();
        await using var test = new TestNode(
            options => (options.TimeProvider, options.HandshakeTimeout) = (time, TimeSpan.FromSeconds(5)),
            authorize: static (_, _) => new ValueTask<StackPermissions?>(new TaskCompletionSource<StackPermissions?>().Task));
        var connecting = test.ConnectAsync().AsTask();
        while (!connecting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }

        _ = await Assert.ThrowsAsync<StackException>(() => connecting);
        Assert.Equal(StackError.HandshakeTimeout, await test.LastServed.WaitAsync(Patience, Token));
        Assert.Equal(0, test.Node.ConnectionCount);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_of_no_type()
    {
        var seen = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var plugin = new Plugin("half")
        {
            ["sink"] = Rpc.Sink(async call => seen.SetResult(await Record.ExceptionAsync(async () =>
            {
                await foreach (var item in call.Stream.ReadAllAsync<string>(call.CancellationToken))
                    _ = item;
            }))),
        }.AllowAnonymous("sink");
        await using var test = new TestNode(plugin: plugin);
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(0x0a, 1, """{"name":["half","sink"],"args":[],"type":"sink"}""");
        await raw.SendPacketAsync(0x0a, 1, """ "\ud800" """.Trim());

        Assert.Equal(StackError.UnexpectedType, Assert.IsType<StackException>(await seen.Task.WaitAsync(Patience, Token)).Error);
    }

    private static async IAsyncEnumerable<int> ItemsAsync(bool throws)
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
        if (throws)
            throw new TimeZoneNotFoundException();
    }

    private static async IAsyncEnumerable<int> EndlessAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; ; i++)
        {
            yield return i;
            await Task.Delay(5, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<int> NeverAsync()
    {
        yield return 1;
        await new TaskCompletionSource().Task;
    }

    private sealed class Resource(bool throws) : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return throws ? throw new TimeZoneNotFoundException() : ValueTask.CompletedTask;
        }
    }
}
