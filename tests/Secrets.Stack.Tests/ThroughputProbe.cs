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

    [Fact]
    public async Task Memory_of_idle_connections()
    {
        if (Environment.GetEnvironmentVariable("SECRETS_MEASURE") is null)
            Assert.Skip("set SECRETS_MEASURE to measure");
        const int WarmUp = 500;
        const int Count = 2000;
        using var serverKeys = StackKeys.Generate(RandomSource.System);
        using var clientKeys = StackKeys.Generate(RandomSource.System);
        var app = AppKey.FromName("probe"u8);
        var plugin = new Plugin("probe").AllowAnonymous("wait").Duplex("wait", async (_, _, stream, token) =>
        {
            while (await stream.ReadAsync(token) is { } item)
            {
                using (item)
                    await stream.SendAsync(item.Body, token);
            }
        });
        await using var node = new StackNode(new StackOptions { AppKey = app, Keys = serverKeys }, plugin);
        await using var listener = node.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new MultiserverAddress(serverKeys.PublicKey, new StackEndpoint(StackTransport.Tcp, "127.0.0.1", listener.LocalEndpoint.Port));
        var options = new StackOptions { AppKey = app, Keys = clientKeys };
        var before = default((long Heap, long Resident));
        var peers = new List<StackPeer>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < WarmUp + Count; i++)
        {
            // pools, code and thread stacks are there by now
            if (i == WarmUp)
            {
                before = Memory();
                watch.Restart();
            }

            var peer = await StackClient.ConnectAsync(address, options);
            peers.Add(peer);
            var stream = await peer.OpenDuplexAsync("probe.wait");
            await stream.SendAsync(new byte[ItemSize]);
            (await stream.ReadAsync())!.Dispose();
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var after = Memory();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Count / seconds:F0} connections/s one after the other; both ends of a connection with a waiting stream: {(after.Heap - before.Heap) / Count} B heap, {(after.Resident - before.Resident) / Count} B resident");
        await Task.WhenAll(peers.Select(peer => peer.DisposeAsync().AsTask()));
    }

    private static (long Heap, long Resident) Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
    }
}
