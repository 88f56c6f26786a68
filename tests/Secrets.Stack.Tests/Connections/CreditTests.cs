namespace Secrets.Stack.Tests.Connections;

/// <summary>Credit and cancelling between peers that know them, and their absence with others.</summary>
public class CreditTests
{
    private static readonly byte[] Kilobyte = new byte[1024];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_nobody_reads_holds_up_no_other_where_both_count()
    {
        var sent = 0;
        await using var test = new TestNode(plugin: Endless(() => Interlocked.Increment(ref sent)));
        await using var peer = await test.ConnectAsync();
        var streams = new List<RpcDuplex>();
        // five windows are more than the budget would bear without an end in sight
        for (var i = 0; i < 5; i++)
            streams.Add(await peer.OpenSourceAsync("fast.items", cancellationToken: Token));
        // until their windows are full, to which each item counts 64 bytes more than it has
        while (streams.Any(static stream => stream.Queued < 240 << 10))
            await Task.Delay(5, Token);
        for (var i = 0; i < 200; i++)
            Assert.Equal(i, await peer.CallAsync<int>("fast.echo", [i], Token));

        Assert.False(peer.Budget.IsFull);
        Assert.All(streams, stream => Assert.InRange(stream.Queued, 0, (256 << 10) + 1024));
        Assert.InRange(Volatile.Read(ref sent), 1, 5 * 256 + 10);
        using var item = await streams[0].ReadAsync(Token);
        Assert.Equal(1024, item!.Value.Length);
    }

    [Fact]
    public async Task Everything_arrives_in_order_through_a_small_window()
    {
        await using var test = new TestNode(options => options.ReceiveQueueSize = 128 << 10);
        await using var peer = await test.ConnectAsync(options => options.ReceiveQueueSize = 128 << 10);
        await using var echo = await peer.OpenDuplexAsync("harness.echoDuplex", cancellationToken: Token);
        var sending = Task.Run(
            async () =>
            {
                for (var i = 0; i < 10_000; i++)
                    await echo.SendValueAsync(i, Token);
                await echo.CompleteAsync();
            },
            Token);
        var received = await echo.ReadAllAsync<int>(Token).ToListAsync(Token);
        await sending;
        Assert.Equal(Enumerable.Range(0, 10_000), received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_upload_as_the_first_thing_on_a_connection_passes_whether_the_other_side_counts_or_not(bool counts)
    {
        await using var test = new TestNode(options =>
        {
            options.ReceiveQueueSize = 256 << 10;
            options.WithoutExtensionForTestsOnly = !counts;
        });
        await using var peer = await test.ConnectAsync(options => options.ReceiveQueueSize = 256 << 10);
        var items = AsyncEnumerable.Repeat(new byte[32 << 10], 200);
        Assert.Equal(200, await peer.DuplexAsync<byte[], byte[]>("harness.echoDuplex", [], items, Token).CountAsync(Token));
    }

    [Fact]
    public async Task An_item_larger_than_the_window_passes()
    {
        await using var test = new TestNode();
        await using var peer = await test.ConnectAsync();
        Assert.Equal([1 << 20, 1 << 20, 1 << 20], await peer.SourceAsync<byte[]>("harness.buffers", [1 << 20, 3], Token).Select(item => item.Length).ToListAsync(Token));
    }

    [Fact]
    public async Task A_sender_that_waits_for_credit_is_woken_by_the_end()
    {
        var ended = new TaskCompletionSource<Exception>();
        var plugin = new Plugin("fast")
        {
            ["items"] = Rpc.Source(async call =>
            {
                try
                {
                    while (true)
                        await call.Stream.SendAsync(Kilobyte);
                }
                catch (StackException exception)
                {
                    ended.SetResult(exception);
                    throw;
                }
            }),
        }.AllowAnonymous("items");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync();
        var stream = await peer.OpenSourceAsync("fast.items", cancellationToken: Token);
        while (stream.Queued < 128 << 10)
            await Task.Yield();
        await stream.DisposeAsync();
        _ = Assert.IsType<StackException>(await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task Cancelling_a_call_stops_the_method_that_serves_it()
    {
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        var plugin = new Plugin("slow")
        {
            ["call"] = Rpc.Async(async call =>
            {
                using var registration = call.CancellationToken.Register(stopped.SetResult);
                started.SetResult();
                await Task.Delay(Timeout.Infinite, call.CancellationToken);
                return 1;
            }),
        }.AllowAnonymous("call");
        await using var test = new TestNode(plugin: plugin);
        await using var peer = await test.ConnectAsync();
        _ = await peer.CallAsync("manifest", cancellationToken: Token);
        using var cancel = new CancellationTokenSource();
        var call = peer.CallAsync("slow.call", cancellationToken: cancel.Token).AsTask();
        await started.Task;
        await cancel.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task A_call_of_ours_fails_when_its_time_is_up()
    {
        var time = new FakeTime();
        await using var test = new TestNode();
        await using var peer = await test.ConnectAsync(options =>
        {
            options.TimeProvider = time;
            options.CallTimeout = TimeSpan.FromSeconds(5);
        });
        var call = peer.CallAsync("harness.never", cancellationToken: Token).AsTask();
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(StackError.CallTimeout, (await Assert.ThrowsAsync<StackException>(() => call)).Error);
        Assert.Equal(1, await peer.CallAsync<int>("harness.echo", [1], Token));
    }

    [Fact]
    public async Task A_peer_that_says_nothing_gets_no_packet_that_it_cant_know()
    {
        await using var test = new TestNode();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(0x0a, 1, """{"name":["harness","echoDuplex"],"args":[],"type":"duplex"}""");
        // unknown flags mean nothing
        await raw.SendPacketAsync(0xfa, 1, "7");
        Assert.Equal("1 stream 7".Insert(0, "-"), await raw.ReceiveAsync());
    }

    [Fact]
    public async Task A_peer_that_says_it_knows_is_answered_in_kind_and_given_credit()
    {
        await using var test = new TestNode();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(0x0a, 1, """{"name":["harness","echoDuplex"],"args":[],"type":"duplex","ext":1,"credit":65536}""");
        Assert.Equal("0 \u0001", await raw.ReceiveAsync());
        Assert.Equal("-1 stream \0\0\0\0\0\u0004\0\0", await raw.ReceiveAsync());
        // nonsense in such packets is passed over
        await raw.SendPacketAsync(0x18, 1, [255, 255, 255, 255, 255, 255, 255, 255]);
        await raw.SendPacketAsync(0x18, 1, [1]);
        await raw.SendPacketAsync(0x18, 99, [0, 0, 0, 0, 0, 0, 0, 9]);
        await raw.SendPacketAsync(0x18, int.MinValue, [0, 0, 0, 0, 0, 0, 0, 9]);
        await raw.SendPacketAsync(0x14, 99, [1]);
        await raw.SendPacketAsync(0x1c, 1, [1]);
        await raw.SendPacketAsync(0x10, 0, [9]);
        await raw.SendPacketAsync(0x0a, 1, "7");
        Assert.Equal("-1 stream 7", await raw.ReceiveAsync());
    }

    [Fact]
    public async Task Many_streams_share_the_line()
    {
        var counts = new int[8];
        var plugin = new Plugin("fast")
        {
            ["items"] = Rpc.Source(async call =>
            {
                var index = call.Argument<int>(0);
                while (true)
                {
                    await call.Stream.SendAsync(Kilobyte, call.CancellationToken);
                    Interlocked.Increment(ref counts[index]);
                }
            }),
        }.AllowAnonymous("items");
        await using var test = new TestNode(options => options.SendQueueSize = 64 << 10, plugin);
        await using var peer = await test.ConnectAsync();
        var streams = new List<RpcDuplex>();
        for (var i = 0; i < counts.Length; i++)
            streams.Add(await peer.OpenSourceAsync("fast.items", [i], Token));
        var readers = streams.Select(stream => Task.Run(
            async () =>
            {
                while (counts.Min() < 2000 && await stream.ReadAsync(Token) is { } item)
                    item.Dispose();
            },
            Token));
        await Task.WhenAll(readers);
        // none had to wait until another one was done: the fastest is not many times ahead
        Assert.InRange(counts.Max(), 2000, 5 * counts.Min());
        foreach (var stream in streams)
            await stream.DisposeAsync();
    }

    private static Plugin Endless(Action sent) => new Plugin("fast")
    {
        ["items"] = Rpc.Source(async call =>
        {
            while (true)
            {
                await call.Stream.SendAsync(Kilobyte, call.CancellationToken);
                sent();
            }
        }),
        ["echo"] = Rpc.Async<int, int>((number, _) => ValueTask.FromResult(number)),
    }.AllowAnonymous("items", "echo");
}
