using System.IO.Pipelines;
using Secrets.Crypto;

namespace Secrets.Stack.Tests.Connections;

public class HandshakeFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_with_another_app_key_gets_no_byte()
    {
        await using var test = new TestNode();
        var error = await Assert.ThrowsAsync<StackException>(async () =>
            await test.ConnectAsync(options => options.AppKey = AppKey.FromName("other"u8)));
        Assert.Equal(StackError.HandshakeClosed, error.Error);
        Assert.Equal(StackError.BadChallenge, await test.LastServed);
    }

    [Fact]
    public async Task A_client_that_expects_another_server_key_cant_tell_it_from_being_refused()
    {
        await using var test = new TestNode();
        using var other = StackKeys.Generate(RandomSource.System);
        var error = await Assert.ThrowsAsync<StackException>(async () => await test.Client().ConnectAsync(new MultiserverAddress(other.PublicKey, TestNode.Memory), Token));
        Assert.Equal(StackError.HelloRefused, error.Error);
        Assert.Equal(StackError.BadHello, await test.LastServed);
    }

    [Fact]
    public async Task A_client_that_isnt_wanted_is_refused_within_the_handshake_and_a_failing_host_wants_nobody()
    {
        await using var test = new TestNode(authorize: (_, _) => ValueTask.FromResult<StackPermissions?>(null));
        Assert.Equal(StackError.HelloRefused, (await Assert.ThrowsAsync<StackException>(async () => await test.ConnectAsync())).Error);
        Assert.Equal(StackError.NotWanted, await test.LastServed);

        await using var failing = new TestNode(authorize: (_, _) => throw new InvalidOperationException("bug"));
        Assert.Equal(StackError.HelloRefused, (await Assert.ThrowsAsync<StackException>(async () => await failing.ConnectAsync())).Error);
        Assert.Equal(StackError.NotWanted, await failing.LastServed);
    }

    [Fact]
    public async Task Permissions_are_what_the_host_gave()
    {
        await using var test = new TestNode(authorize: (_, _) => ValueTask.FromResult<StackPermissions?>(StackPermissions.Allow("harness.denied")));
        await using var peer = await test.ConnectAsync();
        Assert.Equal("you must never see this", (await peer.CallAsync("harness.denied", cancellationToken: Token)).Text);
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.echo", [1], Token));
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("manifest", cancellationToken: Token));
    }

    [Fact]
    public async Task The_whole_handshake_has_one_deadline_however_slowly_bytes_drip_E_78()
    {
        var time = new FakeTime();
        await using var test = new TestNode(options =>
        {
            options.TimeProvider = time;
            options.HandshakeTimeout = TimeSpan.FromSeconds(15);
        });
        var (near, far) = DuplexPair.Create();
        var served = test.Node.AcceptAsync(far, Token);
        for (var i = 0; i < 16; i++)
        {
            Assert.False(served.IsCompleted);
            _ = await near.Output.WriteAsync(new byte[1], Token);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(StackError.HandshakeTimeout, await served);
    }

    [Fact]
    public async Task A_handshake_cut_short_or_replayed_ends_that_connection_only()
    {
        await using var test = new TestNode();
        await using var good = await test.ConnectAsync();
        foreach (var length in new[] { 0, 1, 63 })
        {
            var (near, far) = DuplexPair.Create();
            var served = test.Node.AcceptAsync(far, Token);
            _ = await near.Output.WriteAsync(new byte[length], Token);
            await near.Output.CompleteAsync();
            Assert.Equal(StackError.HandshakeClosed, await served);
        }

        var (client, middle) = DuplexPair.Create();
        using var keys = StackKeys.Generate(RandomSource.System);
        var connecting = ShsHandshake.ConnectAsync(client, new StackOptions { AppKey = TestNode.AppKey }, keys, test.Node.PublicKey, Token);
        var (attacker, server) = DuplexPair.Create();
        var first = test.Node.AcceptAsync(server, Token);
        var challenge = await ReadAsync(middle.Input, ShsMessages.ChallengeSize);
        _ = await attacker.Output.WriteAsync(challenge, Token);
        _ = await middle.Output.WriteAsync(await ReadAsync(attacker.Input, ShsMessages.ChallengeSize), Token);
        var hello = await ReadAsync(middle.Input, ShsMessages.HelloSize);
        _ = await attacker.Output.WriteAsync(hello, Token);
        _ = await middle.Output.WriteAsync(await ReadAsync(attacker.Input, ShsMessages.AcceptSize), Token);
        using var session = await connecting;

        // the recording, once more
        var (replayer, again) = DuplexPair.Create();
        var second = test.Node.AcceptAsync(again, Token);
        _ = await replayer.Output.WriteAsync(challenge, Token);
        _ = await ReadAsync(replayer.Input, ShsMessages.ChallengeSize);
        _ = await replayer.Output.WriteAsync(hello, Token);
        Assert.Equal(StackError.BadHello, await second);
        Assert.Equal("ok", (await good.CallAsync("harness.echo", ["ok"], Token)).Text);
        await attacker.DisposeAsync();
        Assert.Equal(StackError.UnexpectedEnd, await first);
    }

    [Fact]
    public async Task A_node_takes_no_more_connections_than_it_may()
    {
        await using var test = new TestNode(options => options.MaxConnections = 1);
        await using var peer = await test.ConnectAsync();
        var (_, far) = DuplexPair.Create();
        Assert.Equal(StackError.TooManyConnections, await test.Node.AcceptAsync(far, Token));
        Assert.Equal(1, test.Node.ConnectionCount);
    }

    private static async Task<byte[]> ReadAsync(PipeReader input, int size)
    {
        var result = await input.ReadAtLeastAsync(size, Token);
        var bytes = new byte[size];
        System.Buffers.BuffersExtensions.CopyTo(result.Buffer.Slice(0, size), bytes);
        input.AdvanceTo(result.Buffer.GetPosition(size));
        return bytes;
    }
}
