using System.Diagnostics;
using System.Net;
using Secrets.Crypto;

namespace Secrets.Stack.Tests;

/// <summary>Measures binary items over loopback TCP; runs only when SECRETS_MEASURE is set.</summary>
public class ThroughputProbe
{
    private const int ItemSize = 4352;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Items_per_second(bool echo)
    {
        if (Environment.GetEnvironmentVariable("SECRETS_MEASURE") is null)
            Assert.Skip("set SECRETS_MEASURE to measure");
        var plugin = new Plugin("probe").AllowAnonymous("cells").Duplex("cells", async (_, _, stream, token) =>
        {
            long count = 0;
            while (await stream.WaitToReadAsync(token))
            {
                while (stream.TryRead(out var item))
                {
                    using (item)
                    {
                        count++;
                        if (echo)
                            await stream.SendAsync(item!.Body, token);
                    }
                }
            }

            if (!echo)
                await stream.SendAsync(RpcValue.FromJson(count), token);
        });
        using var serverKeys = StackKeys.Generate(RandomSource.System);
        using var clientKeys = StackKeys.Generate(RandomSource.System);
        var app = AppKey.FromName("probe"u8);
        await using var node = new StackNode(new StackOptions { AppKey = app, Keys = serverKeys }, plugin);
        await using var listener = node.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new MultiserverAddress(serverKeys.PublicKey, new StackEndpoint(StackTransport.Tcp, "127.0.0.1", listener.LocalEndpoint.Port));
        await using var peer = await StackClient.ConnectAsync(address, new StackOptions { AppKey = app, Keys = clientKeys });
        var body = new byte[ItemSize];
        foreach (var items in new[] { 20_000, 100_000 })
        {
            await using var stream = await peer.OpenDuplexAsync("probe.cells");
            var watch = Stopwatch.StartNew();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var allocated = GC.GetTotalAllocatedBytes();
            var reading = Task.Run(async () =>
            {
                var count = 0;
                while (await stream.WaitToReadAsync())
                {
                    while (stream.TryRead(out var item))
                    {
                        item!.Dispose();
                        count++;
                    }
                }

                return count;
            });
            for (var i = 0; i < items; i++)
                await stream.SendAsync(body);
            await stream.CompleteAsync();
            var received = await reading;
            Assert.Equal(echo ? items : 1, received);
            var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{(echo ? "echo" : "one way")}: {items / watch.Elapsed.TotalSeconds:F0} items/s, {used.TotalMicroseconds / items:F1} us CPU/item (both sides), {(GC.GetTotalAllocatedBytes() - allocated) / items} B allocated/item");
        }
    }
}
