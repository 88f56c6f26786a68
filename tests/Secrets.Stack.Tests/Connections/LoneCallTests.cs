using Secrets.Crypto;

namespace Secrets.Stack.Tests.Connections;

/// <summary>A call that is alone is sent on its caller's thread, others gather: whichever way, each is answered.</summary>
public class LoneCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_one_by_one_and_in_crowds_are_all_answered(bool overTcp)
    {
        var plugin = new Plugin("both")
        {
            ["now"] = Rpc.Sync<int, int>(static (n, _) => n),
            ["later"] = Rpc.Async<int, int>(static async (n, _) =>
            {
                await Task.Yield();
                return n;
            }),
        }.AllowAnonymous("now", "later");
        using var keys = StackKeys.Generate(RandomSource.System);
        var network = new MemoryNetwork();
        var stack = SecretStack.Create(options =>
        {
            options.AppKey = TestNode.AppKey;
            if (!overTcp)
                options.Network = network;
        }).Use(plugin);
        if (!overTcp)
            _ = stack.Use(network);
        await using var node = await stack.StartAsync(keys, options => options.Listen(overTcp ? "net:127.0.0.1:0~shs" : "net:memory:1~shs"), Token);
        await using var client = stack.CreateClient();
        await using var peer = await client.ConnectAsync(node.Address!, Token);
        var crowds = Enumerable.Range(0, 6).Select(member => Task.Run(
            async () =>
            {
                var random = new Random(member);
                for (var i = 0; i < 1_500; i++)
                {
                    var method = random.Next(2) == 0 ? "both.now" : "both.later";
                    Assert.Equal(i, await peer.CallAsync<int>(method, [i], Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token));
                    // so that now all of them are under way, now one or none
                    for (var pause = random.Next(4) == 0 ? random.Next(40) : 0; pause > 0; pause--)
                        await Task.Yield();
                }
            },
            Token));
        await Task.WhenAll(crowds);
        Assert.Equal(0, peer.OpenRequests);
    }

    [Fact]
    public async Task A_connection_that_ends_within_a_lone_call_ends_the_call()
    {
        var plugin = new Plugin("both") { ["now"] = Rpc.Sync<int, int>(static (n, _) => n) }.AllowAnonymous("now");
        using var keys = StackKeys.Generate(RandomSource.System);
        var stack = SecretStack.Create(static options => options.AppKey = TestNode.AppKey).Use(plugin);
        await using var node = await stack.StartAsync(keys, static options => options.Listen("net:127.0.0.1:0~shs"), Token);
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
            await peer.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            _ = await Assert.ThrowsAsync<StackException>(() => calling.WaitAsync(TimeSpan.FromSeconds(30), Token));
        }
    }
}
