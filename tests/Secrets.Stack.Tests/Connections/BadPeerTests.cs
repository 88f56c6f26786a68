using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Secrets.Crypto;

namespace Secrets.Stack.Tests.Connections;

/// <summary>What a hostile or broken peer does to a node: its own connection ends with the error that is named, and everybody else goes on.</summary>
public class BadPeerTests
{
    private const byte Json = 2;
    private const byte StreamJson = 0x0a;

    private static readonly Dictionary<string, (StackError Expected, Func<TestNode, Task<StackError>> Attack)> Attacks = new()
    {
        ["another app key"] = (StackError.BadChallenge, static test => ShakeAsync(test, AppKey.FromName("other"u8), test.Node.PublicKey)),
        ["another server key"] = (StackError.BadHello, static test => ShakeAsync(test, TestNode.AppKey, Stranger())),
        ["an ephemeral key of zeros"] = (StackError.LowOrderKey, static test => WriteAsync(test, LowOrderChallenge(new byte[32]))),
        ["an ephemeral key of order 8"] = (StackError.LowOrderKey, static test =>
            WriteAsync(test, LowOrderChallenge(Convert.FromHexString("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")))),
        ["a long-term key of low order"] = (StackError.LowOrderKey, LowOrderHelloAsync),
        ["no byte at all"] = (StackError.HandshakeClosed, static test => WriteAsync(test, [])),
        ["half of a challenge"] = (StackError.HandshakeClosed, static test => WriteAsync(test, Challenge()[..63])),
        ["half of a hello"] = (StackError.HandshakeClosed, static test => WriteAsync(test, [.. Challenge(), .. new byte[111]])),
        ["a hello of garbage"] = (StackError.BadHello, static test => WriteAsync(test, [.. Challenge(), .. new byte[112]])),
        ["a web request"] = (StackError.BadChallenge, static test => WriteAsync(test, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: example.org\r\nUser-Agent: somebody who is lost\r\n\r\n"))),
        ["a box of garbage"] = (StackError.BadBoxHeader, static test => RawAsync(test, raw => raw.SendAsync(new byte[34]))),
        ["a changed body"] = (StackError.BadBoxBody, static test => RawAsync(test, raw => raw.SendAsync(Changed(raw.Seal("anything"u8.ToArray()))))),
        ["a box that came before"] = (StackError.BadBoxHeader, static test => RawAsync(test, async raw =>
        {
            var wire = raw.Seal([.. Convert.FromHexString("020000000400000000"), .. "null"u8]);
            await raw.SendAsync(wire);
            await raw.SendAsync(wire);
        })),
        ["a header that claims 4 GB"] = (StackError.PacketTooLarge, static test => RawAsync(test, raw => raw.SendAsync(raw.Seal(Convert.FromHexString("02ffffffff00000001"))))),
        ["a packet of type 3"] = (StackError.BadPacket, static test => RawAsync(test, raw => raw.SendPacketAsync(3, 1, "x"))),
        ["a request that is no JSON"] = (StackError.BadJson, static test => RawAsync(test, raw => raw.SendPacketAsync(Json, 1, "{"))),
        ["a request of JSON nested too deeply"] = (StackError.BadJson, static test => RawAsync(test, raw => raw.SendPacketAsync(Json, 1, new string('[', 1000) + new string(']', 1000)))),
        ["a flood of requests whose answers it doesn't read"] = (StackError.PeerNotReading, static test => FloodAsync(test, Json, """{"name":["harness","nothing"],"args":[]}""")),
        ["a flood of streams"] = (StackError.TooManyRequests, static test => FloodAsync(test, StreamJson, """{"name":["harness","infinite"],"args":[],"type":"source"}""")),
        ["hanging up in the middle of a packet"] = (StackError.UnexpectedEnd, static test => RawAsync(test, async raw =>
        {
            await raw.SendAsync(raw.Seal(Convert.FromHexString("020000ffff00000001")));
            await raw.DisposeAsync();
        })),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>xunit's rows.</summary>
    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_ends_as_named_and_the_rest_of_the_node_is_unhurt_E_70(string name)
    {
        await using var test = new TestNode(options =>
        {
            options.MaxOpenRequests = 8;
            options.SendQueueSize = 4096;
        });
        await using var good = await test.ConnectAsync();
        await using var stream = await good.OpenDuplexAsync("harness.echoDuplex", cancellationToken: Token);
        await EchoAsync(stream, "before");

        var (expected, attack) = Attacks[name];
        Assert.Equal(expected, await attack(test).WaitAsync(TimeSpan.FromSeconds(60), Token));

        await EchoAsync(stream, "after");
        Assert.Equal("ok", await good.CallAsync<string>("harness.echo", ["ok"], Token));
        Assert.Equal(1, test.Node.ConnectionCount);
        _ = Assert.Single(test.Node.Peers);
        await using var another = await test.ConnectAsync();
        Assert.Equal(5, await another.CallAsync<int>("harness.add", [2, 3], Token));
    }

    [Fact]
    public async Task One_byte_at_a_time_is_a_connection_like_any_other()
    {
        await using var test = new TestNode();
        var (near, middle) = DuplexPair.Create();
        var (back, far) = DuplexPair.Create();
        var served = test.Node.AcceptAsync(far, Token);
        var dripping = Task.WhenAll(DripAsync(middle.Input, back.Output), DripAsync(back.Input, middle.Output));
        using var keys = StackKeys.Generate(RandomSource.System);
        await using (var client = TestNode.Stack(options => options.Network = new One(near)).CreateClient(keys))
        await using (var peer = await client.ConnectAsync(test.Address, Token))
        {
            Assert.Equal("hello", await peer.CallAsync<string>("harness.echo", ["hello"], Token));
            Assert.Equal(Enumerable.Range(0, 20), await peer.SourceAsync<int>("harness.count", [20], Token).ToListAsync(Token));
        }

        Assert.Equal(StackError.Closed, await served);
        await dripping;
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_after_the_time_of_a_handshake()
    {
        var time = new FakeTime();
        var (near, far) = DuplexPair.Create();
        await using var client = TestNode.Stack(options =>
        {
            options.Network = new One(near);
            options.TimeProvider = time;
        }).CreateClient();
        using var keys = StackKeys.Generate(RandomSource.System);
        var connecting = client.ConnectAsync(new MultiserverAddress(keys.PublicKey, TestNode.Memory), Token).AsTask();
        _ = await far.Input.ReadAtLeastAsync(ShsMessages.ChallengeSize, Token);
        for (var i = 0; i < 15; i++)
        {
            Assert.False(connecting.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(StackError.HandshakeTimeout, (await Assert.ThrowsAsync<StackException>(() => connecting)).Error);
    }

    [Fact]
    public async Task Peers_that_vanished_are_given_up_and_those_that_answer_stay()
    {
        var time = new FakeTime();
        await using var test = new TestNode(options =>
        {
            options.TimeProvider = time;
            options.KeepAlive = TimeSpan.FromSeconds(40);
            options.IdleTimeout = Timeout.InfiniteTimeSpan;
        });
        await using var good = await test.ConnectAsync();
        await using var vanished = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        var (near, far) = DuplexPair.Create();
        var stalled = test.Node.AcceptAsync(far, Token);
        _ = await near.Output.WriteAsync(new byte[10], Token);
        for (var i = 0; i < 9; i++)
        {
            // the others keep talking
            Assert.Equal(i, await good.CallAsync<int>("harness.echo", [i], Token));
            time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(StackError.HandshakeTimeout, await stalled);
        // what it was asked and told is never read; the node's last words wait for their time, and no longer
        while (!vanished.Served.IsCompleted)
        {
            Assert.Equal("ok", await good.CallAsync<string>("harness.echo", ["ok"], Token));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(StackError.Unresponsive, await vanished.Served);
        Assert.Equal(1, test.Node.ConnectionCount);
    }

    [Fact]
    public async Task A_reader_that_stops_reading_holds_up_its_own_stream_and_nobody_else()
    {
        await using var test = new TestNode();
        await using var good = await test.ConnectAsync();
        await using var lazy = await test.ConnectAsync();
        await using var unread = await lazy.OpenSourceAsync("harness.buffers", [60_000, 1000], Token);
        // the window is full when this many came; none of them is taken
        while (unread.Queued < 60_000)
            Assert.Equal("ok", await lazy.CallAsync<string>("harness.echo", ["ok"], Token));

        Assert.Equal(Enumerable.Range(0, 5000), await good.SourceAsync<int>("harness.count", [5000], Token).ToListAsync(Token));
        Assert.Equal(Enumerable.Range(0, 5000), await lazy.SourceAsync<int>("harness.count", [5000], Token).ToListAsync(Token));
        Assert.InRange(unread.Queued, 60_000, 2 << 20);
    }

    private static async Task EchoAsync(RpcDuplex stream, string text)
    {
        await stream.SendAsync(RpcValue.FromText(text), Token);
        using var item = await stream.ReadAsync(Token);
        Assert.Equal(text, item!.Value.ToValue().Text);
    }

    private static Ed25519PublicKey Stranger()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        return keys.PublicKey;
    }

    private static async Task<StackError> ShakeAsync(TestNode test, AppKey appKey, Ed25519PublicKey server)
    {
        var (near, far) = DuplexPair.Create();
        var served = test.Node.AcceptAsync(far, Token);
        using var keys = StackKeys.Generate(RandomSource.System);
        _ = await Assert.ThrowsAsync<StackException>(() => ShsHandshake.ConnectAsync(near, new StackOptions { AppKey = appKey }, keys, server, Token));
        return await served;
    }

    private static async Task<StackError> WriteAsync(TestNode test, byte[] bytes)
    {
        var (near, far) = DuplexPair.Create();
        var served = test.Node.AcceptAsync(far, Token);
        _ = await near.Output.WriteAsync(bytes, Token);
        await near.Output.CompleteAsync();
        return await served;
    }

    private static async Task<StackError> LowOrderHelloAsync(TestNode test)
    {
        var (near, far) = DuplexPair.Create();
        var served = test.Node.AcceptAsync(far, Token);
        using var ephemeral = X25519PrivateKey.Generate(RandomSource.System);
        var challenge = new byte[ShsMessages.ChallengeSize];
        ShsMessages.WriteChallenge(TestNode.AppKey, ephemeral.PublicKey, challenge);
        _ = await near.Output.WriteAsync(challenge, Token);
        var answer = await near.Input.ReadAtLeastAsync(ShsMessages.ChallengeSize, Token);
        _ = await near.Output.WriteAsync(LowOrderHello(ephemeral, answer, test.Node.PublicKey), Token);
        return await served;
    }

    private static byte[] LowOrderHello(X25519PrivateKey ephemeral, ReadResult answer, Ed25519PublicKey node)
    {
        Span<byte> challenge = stackalloc byte[ShsMessages.ChallengeSize];
        System.Buffers.BuffersExtensions.CopyTo(answer.Buffer.Slice(0, ShsMessages.ChallengeSize), challenge);
        Assert.Equal(StackError.None, ShsMessages.TryReadChallenge(TestNode.AppKey, challenge, out var theirs));
        using var secrets = new ShsSecrets(TestNode.AppKey);
        Assert.True(node.TryConvertToX25519(out var server));
        Assert.True(ephemeral.TryAgree(theirs, secrets.Ephemeral));
        Assert.True(ephemeral.TryAgree(server, secrets.WithServer));
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        secrets.DeriveHelloKey(key);
        var hello = new byte[ShsMessages.HelloSize];
        var plain = new byte[ShsMessages.HelloPlainSize];
        // the neutral element
        plain[Ed25519Signature.Size] = 1;
        ShsMessages.Seal(key, plain, hello);
        return hello;
    }

    private static byte[] Challenge()
    {
        using var ephemeral = X25519PrivateKey.Generate(RandomSource.System);
        var challenge = new byte[ShsMessages.ChallengeSize];
        ShsMessages.WriteChallenge(TestNode.AppKey, ephemeral.PublicKey, challenge);
        return challenge;
    }

    private static byte[] LowOrderChallenge(byte[] point) => [.. HMACSHA512.HashData(TestNode.AppKey.Bytes, point)[..ShsMessages.MacSize], .. point];

    private static byte[] Changed(byte[] wire)
    {
        wire[^1] ^= 1;
        return wire;
    }

    private static async Task<StackError> RawAsync(TestNode test, Func<RawPeer, Task> attack)
    {
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await attack(raw);
        await raw.DisposeAsync();
        return await raw.Served;
    }

    private static async Task<StackError> FloodAsync(TestNode test, byte flags, string request)
    {
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        for (var id = 1; !raw.Served.IsCompleted && id < 200_000; id++)
            await raw.SendPacketAsync(flags, id, request);
        await raw.DisposeAsync();
        return await raw.Served;
    }

    private static async Task DripAsync(PipeReader input, PipeWriter output)
    {
        while (await input.ReadAsync(Token) is { } result)
        {
            foreach (var segment in result.Buffer)
            {
                for (var i = 0; i < segment.Length; i++)
                    _ = await output.WriteAsync(segment.Slice(i, 1), Token);
            }

            input.AdvanceTo(result.Buffer.End);
            if (!result.IsCompleted)
                continue;
            await output.CompleteAsync();
            return;
        }
    }

    private sealed class One(IDuplexConnection connection) : IStackNetwork
    {
        public bool CanDial(StackEndpoint endpoint) => true;

        public ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken) => ValueTask.FromResult(connection);
    }
}
