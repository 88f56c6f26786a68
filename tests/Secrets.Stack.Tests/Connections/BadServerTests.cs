using System.Buffers;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack.Tests.Connections;

/// <summary>What a hostile or broken server does to a client: that connection fails with the error that is named, and the client's others go on.</summary>
public class BadServerTests
{
    private static readonly Dictionary<string, (StackError Expected, Func<BadServer, Task> Attack)> Attacks = new()
    {
        ["it hangs up at once"] = (StackError.HandshakeClosed, static _ => Task.CompletedTask),
        ["half of a challenge"] = (StackError.HandshakeClosed, static server => server.WriteAsync(Challenge(TestNode.AppKey)[..63])),
        ["another app key"] = (StackError.BadChallenge, static server => server.WriteAsync(Challenge(AppKey.FromName("other"u8)))),
        ["the client's own challenge"] = (StackError.ReflectedChallenge, static async server => await server.WriteAsync(await server.ReadAsync(ShsMessages.ChallengeSize))),
        ["an ephemeral key of zeros"] = (StackError.LowOrderKey, static server =>
            server.WriteAsync([.. HMACSHA512.HashData(TestNode.AppKey.Bytes, new byte[32])[..ShsMessages.MacSize], .. new byte[32]])),
        ["another server's key"] = (StackError.HelloRefused, static server => server.AcceptAsOtherAsync()),
        ["it hangs up after the hello"] = (StackError.HelloRefused, static server => server.WriteAsync(Challenge(TestNode.AppKey))),
        ["half of an accept"] = (StackError.HelloRefused, static server => server.WriteAsync([.. Challenge(TestNode.AppKey), .. new byte[79]])),
        ["an accept of garbage"] = (StackError.BadAccept, static server => server.WriteAsync([.. Challenge(TestNode.AppKey), .. new byte[80]])),
        ["what the right server said another time"] = (StackError.BadAccept, static server => server.WriteAsync(server.Record())),
        ["a box of garbage"] = (StackError.BadBoxHeader, static server => server.AcceptAsync(server.Keys, new byte[34])),
        ["it hangs up without a goodbye"] = (StackError.UnexpectedEnd, static server => server.AcceptAsync(server.Keys, [])),
        ["a header that claims 4 GB"] = (StackError.PacketTooLarge, static server => server.SayAsync("02ffffffff00000001")),
        ["an answer that is no JSON"] = (StackError.BadJson, static server => server.SayAsync("0200000001ffffffff7b")),
        ["an answer that is no UTF-8"] = (StackError.BadText, static server => server.SayAsync("0100000001ffffffffff")),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>xunit's rows.</summary>
    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_fails_as_named_and_the_rest_of_the_client_is_unhurt_E_70(string name)
    {
        await using var test = new TestNode();
        using var server = new BadServer(test);
        await using var client = test.Client(options => options.Network = server);
        await using var good = await client.ConnectAsync(test.Address, Token);
        await using var stream = await good.OpenDuplexAsync("harness.echoDuplex", cancellationToken: Token);
        await EchoAsync(stream, "before");

        var (expected, attack) = Attacks[name];
        Assert.Equal(expected, await ConnectAsync(client, server, attack).WaitAsync(TimeSpan.FromSeconds(60), Token));

        await EchoAsync(stream, "after");
        Assert.Same(good, Assert.Single(client.Peers));
        await using var another = await client.ConnectAsync(test.Address, Token);
        Assert.Equal(5, await another.CallAsync<int>("harness.add", [2, 3], Token));
    }

    private static async Task<StackError> ConnectAsync(StackNode client, BadServer server, Func<BadServer, Task> attack)
    {
        server.Attack = attack;
        try
        {
            await using var peer = await client.ConnectAsync(server.Address, Token);
            // an open call, which must end as well
            var call = peer.CallAsync("harness.never", cancellationToken: Token).AsTask();
            var error = await peer.Completion;
            Assert.Equal(error, (await Assert.ThrowsAsync<StackException>(() => call)).Error);
            return error;
        }
        catch (StackException failure)
        {
            return failure.Error;
        }
        finally
        {
            await server.Attacking;
        }
    }

    private static byte[] Challenge(AppKey appKey)
    {
        using var ephemeral = X25519PrivateKey.Generate(RandomSource.System);
        var challenge = new byte[ShsMessages.ChallengeSize];
        ShsMessages.WriteChallenge(appKey, ephemeral.PublicKey, challenge);
        return challenge;
    }

    private static async Task EchoAsync(RpcDuplex stream, string text)
    {
        await stream.SendAsync(RpcValue.FromText(text), Token);
        using var item = await stream.ReadAsync(Token);
        Assert.Equal(text, item!.Value.ToValue().Text);
    }

    /// <summary>A network with a good node, and this server.</summary>
    private sealed class BadServer(TestNode good) : IStackNetwork, IDisposable
    {
        private static readonly StackEndpoint Bad = new(StackTransport.Tcp, "bad", 1);

        private IDuplexConnection? _connection;

        public StackKeys Keys { get; } = StackKeys.Generate(RandomSource.System);

        public MultiserverAddress Address => new(Keys.PublicKey, Bad);

        public Func<BadServer, Task>? Attack { get; set; }

        public Task Attacking { get; private set; } = Task.CompletedTask;

        public bool CanDial(StackEndpoint endpoint) => true;

        public async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            if (endpoint != Bad)
                return await good.DialAsync(endpoint, cancellationToken);
            var (near, far) = DuplexPair.Create();
            _connection = far;
            Attacking = Task.Run(
                async () =>
                {
                    await Attack!(this);
                    await far.Output.CompleteAsync();
                },
                cancellationToken);
            return near;
        }

        public async Task WriteAsync(byte[] bytes) => _ = await _connection!.Output.WriteAsync(bytes, Token);

        public async Task<byte[]> ReadAsync(int size)
        {
            var result = await _connection!.Input.ReadAtLeastAsync(size, Token);
            var bytes = result.Buffer.Slice(0, size).ToArray();
            _connection.Input.AdvanceTo(result.Buffer.GetPosition(size));
            return bytes;
        }

        /// <summary>Shakes hands, and writes these bytes, which are no box.</summary>
        public async Task AcceptAsync(StackKeys keys, byte[] wire)
        {
            using var session = await AcceptAsync(keys);
            await WriteAsync(wire);
        }

        public async Task AcceptAsOtherAsync()
        {
            using var keys = StackKeys.Generate(RandomSource.System);
            Assert.Equal(StackError.BadHello, (await Assert.ThrowsAsync<StackException>(() => AcceptAsync(keys))).Error);
        }

        /// <summary>Shakes hands, and says these bytes in a box.</summary>
        public async Task SayAsync(string packet)
        {
            using var session = await AcceptAsync(Keys);
            var plain = Convert.FromHexString(packet);
            var wire = new byte[BoxFormat.SealedLength(plain.Length)];
            _ = session.Sealer.Seal(plain, wire);
            await WriteAsync(wire);
        }

        /// <summary>Challenge and accept of a whole handshake.</summary>
        public byte[] Record()
        {
            using var keys = StackKeys.Generate(RandomSource.System);
            using var client = new ShsClient(TestNode.AppKey, keys, Keys.PublicKey, X25519PrivateKey.Generate(RandomSource.System));
            using var server = new ShsServer(TestNode.AppKey, Keys, X25519PrivateKey.Generate(RandomSource.System));
            var challenge = new byte[ShsMessages.ChallengeSize];
            var answer = new byte[ShsMessages.ChallengeSize];
            var hello = new byte[ShsMessages.HelloSize];
            var accept = new byte[ShsMessages.AcceptSize];
            client.WriteChallenge(challenge);
            Assert.Equal(StackError.None, server.AcceptChallenge(challenge));
            server.WriteChallenge(answer);
            Assert.Equal(StackError.None, client.AcceptChallenge(answer));
            client.WriteHello(hello);
            Assert.Equal(StackError.None, server.AcceptHello(hello));
            server.WriteAccept(accept).Dispose();
            return [.. answer, .. accept];
        }

        public void Dispose() => Keys.Dispose();

        private async Task<ShsSession> AcceptAsync(StackKeys keys) =>
            (await ShsHandshake.AcceptAsync(_connection!, new StackOptions { AppKey = TestNode.AppKey }, keys, static (_, _) => ValueTask.FromResult<StackPermissions?>(StackPermissions.Anonymous), Token)).Session;
    }
}
