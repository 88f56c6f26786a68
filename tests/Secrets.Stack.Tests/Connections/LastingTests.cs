namespace Secrets.Stack.Tests.Connections;

/// <summary>Signs of life, and connections that come back.</summary>
public class LastingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silent_peer_is_asked_for_a_sign_of_life_and_lives_on()
    {
        var time = new FakeTime();
        await using var test = new TestNode();
        var asked = 0;
        test.Node.Hook("manifest", (call, next) =>
        {
            Interlocked.Increment(ref asked);
            return next(call);
        });
        await using var peer = await test.ConnectAsync(options =>
        {
            options.TimeProvider = time;
            options.KeepAlive = TimeSpan.FromSeconds(40);
        });
        for (var round = 1; round <= 3; round++)
        {
            for (var i = 0; i < 4; i++)
                time.Advance(TimeSpan.FromSeconds(10));
            while (Volatile.Read(ref asked) < round)
                await Task.Yield();
            // the answer is here before the clock goes on
            await peer.Asking;
            Assert.Equal(round, await peer.CallAsync<int>("harness.echo", [round], Token));
        }

        Assert.False(peer.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_doesnt_answer_when_asked_is_given_up()
    {
        var time = new FakeTime();
        await using var test = new TestNode(options =>
        {
            options.TimeProvider = time;
            options.KeepAlive = TimeSpan.FromSeconds(40);
        });
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(2, 1, """{"name":["harness","echo"],"args":[1]}""");
        Assert.Equal("-1 1", await raw.ReceiveAsync());
        for (var i = 0; i < 8; i++)
            time.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains("manifest", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await raw.ReceiveAsync());
        await raw.DisposeAsync();
        Assert.Equal(StackError.Unresponsive, await raw.Served);
    }

    [Fact]
    public async Task A_lasting_connection_comes_back_after_growing_pauses()
    {
        var time = new FakeTime();
        await using var test = new TestNode();
        var arrivals = System.Threading.Channels.Channel.CreateUnbounded<StackPeer>();
        test.Node.Connected += peer => arrivals.Writer.TryWrite(peer);
        var connected = 0;
        await using var lasting = test.Client(options =>
        {
            // this clock is fast
            options.TimeProvider = time;
            options.DialTimeout = options.HandshakeTimeout = options.IdleTimeout = TimeSpan.FromDays(40);
        }).KeepConnected(test.Address, _ => Interlocked.Increment(ref connected));
        for (var i = 1; i <= 3; i++)
        {
            var peer = await lasting.GetPeerAsync(Token);
            Assert.Equal(i, await peer.CallAsync<int>("harness.echo", [i], Token));
            var arrived = await arrivals.Reader.ReadAsync(Token);
            await arrived.DisposeAsync();
            _ = await peer.Completion;
            while (Volatile.Read(ref connected) == i)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }
        }

        Assert.Equal(4, connected);
    }

    [Fact]
    public async Task A_lasting_connection_to_nobody_waits_until_somebody_is_there_or_it_is_given_up()
    {
        var time = new FakeTime();
        await using var test = new TestNode(authorize: (_, _) => ValueTask.FromResult<StackPermissions?>(null));
        var lasting = test.Client(options => options.TimeProvider = time).KeepConnected(test.Address);
        var waiting = lasting.GetPeerAsync(Token);
        for (var i = 0; i < 50; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False(waiting.IsCompleted);
        await lasting.DisposeAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
