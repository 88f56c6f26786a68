using Secrets.Crypto;

namespace Secrets.Stack.Tests.Connections;

/// <summary>A call that is alone is sent on its caller's thread, others gather: whichever way, each is answered.</summary>
public class LoneCallTests
{
    private const string Socket = "net:127.0.0.1:0~shs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_one_by_one_and_in_crowds_are_all_answered()
    {
        var network = new MemoryNetwork();
        var stack = SecretStack.Create(options => (options.AppKey, options.Network) = (TestNode.AppKey, network)).Use(network).Use(Echo());
        await CrowdAsync(stack, "net:memory:1~shs", Cases.Of(1_500));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Over_a_socket_they_are_too(bool prefersLatency)
    {
        // others at the same time may get it too, and must pass with it
        SecretStack.PrefersLatency |= prefersLatency;
        return CrowdAsync(OverSockets(), Socket, 1_500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_a_socket_a_connection_that_ends_within_a_call_ends_the_call(bool prefersLatency)
    {
        SecretStack.PrefersLatency |= prefersLatency;
        using var keys = StackKeys.Generate(RandomSource.System);
        var stack = OverSockets();
        await using var node = await stack.StartAsync(keys, static options => options.Listen(Socket), Token);
        await using var client = stack.CreateClient();
        for (var i = 0; i < 150; i++)
        {
            var peer = await client.ConnectAsync(node.Address!, Token);
            var calling = Task.Run(
                async () =>
                {
                    for (var n = 0; n < 1_000_000; n++)
                        _ = await peer.CallAsync<int>("both.now", [n], Token);
                },
                Token);
            for (var turn = i % 30; turn > 0; turn--)
                await Task.Yield();
            await peer.DisposeAsync().AsTask().WaitAsync(Patience, Token);
            _ = await Assert.ThrowsAsync<StackException>(() => calling.WaitAsync(Patience, Token));
        }
    }

    private static SecretStack OverSockets() => SecretStack.Create(static options => options.AppKey = TestNode.AppKey).Use(Echo());

    private static Plugin Echo() => new Plugin("both")
    {
        ["now"] = Rpc.Sync<int, int>(static (n, _) => n),
        ["later"] = Rpc.Async<int, int>(static async (n, _) =>
        {
            await Task.Yield();
            return n;
        }),
    }.AllowAnonymous("now", "later");

    private static async Task CrowdAsync(SecretStack stack, string address, int count)
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await stack.StartAsync(keys, options => options.Listen(address), Token);
        await using var client = stack.CreateClient();
        await using var peer = await client.ConnectAsync(node.Address!, Token);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(member => Task.Run(() => CallAsync(peer, new Random(member), count), Token)));
        Assert.Equal(0, peer.OpenRequests);
    }

    private static async Task CallAsync(StackPeer peer, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var method = random.Next(2) == 0 ? "both.now" : "both.later";
            Assert.Equal(i, await peer.CallAsync<int>(method, [i], Token).AsTask().WaitAsync(Patience, Token));
            // so that now all of them are under way, now one or none
            for (var pause = random.Next(4) == 0 ? random.Next(40) : 0; pause > 0; pause--)
                await Task.Yield();
        }
    }
}
