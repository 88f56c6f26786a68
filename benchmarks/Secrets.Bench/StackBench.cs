using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Bench;

/// <summary>Calls, streams, handshakes and idle connections of our stack beside Node's, each with client and server in processes of their own.</summary>
internal static class StackBench
{
    private const int InFlight = 100;
    private const int Idle = 10_000;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static void Run()
    {
        System.Console.WriteLine("stack: ours beside Node's secret-stack with TCP_NODELAY on both sides, over loopback; medians of three rounds");
        RunAsync().GetAwaiter().GetResult();
        StockPeerAsync().GetAwaiter().GetResult();
        RunIdle();
        StackAllocations.Run();
    }

    /// <summary>Memory of many connections on which nothing happens.</summary>
    public static void RunIdle() => IdleAsync().GetAwaiter().GetResult();

    /// <summary>Ours alone: calls and handshakes.</summary>
    public static void RunCalls() => CallsAsync(null).GetAwaiter().GetResult();

    /// <summary>The client of the calls between programs that asked for short ways, a process of its own: prints its rates.</summary>
    public static void RunSwiftCalls()
    {
        SecretStack.PreferLatency();
        foreach (var rate in MeasureCallsAsync(isSwift: true).GetAwaiter().GetResult())
            System.Console.WriteLine(rate.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Ours alone: handshakes.</summary>
    public static void RunHandshakes() => HandshakesAsync(null).GetAwaiter().GetResult();

    /// <summary>Ours alone: sources.</summary>
    public static void RunSources() => SourcesAsync(null, StackBoxes.Measure()).GetAwaiter().GetResult();

    /// <summary>A Node peer as it is.</summary>
    public static void RunStock() => StockPeerAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var peer = StackPeerNode.Measure();
        await CallsAsync(peer);
        await HandshakesAsync(peer);
        await SourcesAsync(peer, StackBoxes.Measure());
    }

    private static async Task<double[]> MeasureCallsAsync(bool isSwift)
    {
        using var server = StackServer.Start(isSwift);
        await using var node = StackServer.CreateStack().CreateClient();
        await using var connection = await node.ConnectAsync(server.Address);
        return [await RateAsync(() => CallAsync(connection, 1)), await RateAsync(() => CallAsync(connection, InFlight))];
    }

    private static async Task CallsAsync(JsonObject? peer)
    {
        using (var swift = StackServer.Start("stack-calls-serve"))
        {
            Report("calls, one by one, with PreferLatency", ReadRate(swift), "/s", peer, "async sequential", 3);
            Report($"calls, {InFlight} in flight, with PreferLatency", ReadRate(swift), "/s", peer, "async 100 in flight", 3);
            await swift.WaitForExitAsync();
        }

        var rates = await MeasureCallsAsync(isSwift: false);
        Report("calls, one by one", rates[0], "/s", peer, "async sequential", null);
        Report($"calls, {InFlight} in flight", rates[1], "/s", peer, "async 100 in flight", 3);
    }

    private static async Task HandshakesAsync(JsonObject? peer)
    {
        using var server = StackServer.Start();
        await using var node = StackServer.CreateStack().CreateClient();
        _ = await ConnectAsync(node, server.Address);
        // in turns, as the machine's own speed changes from one second to the next
        var rounds = new List<(double Handshakes, double Operations)>();
        for (var i = 0; i < 5; i++)
            rounds.Add((await ConnectAsync(node, server.Address), HandshakeOperations()));
        Report("handshakes, one at a time", Median(rounds.Select(static round => round.Handshakes)), "/s", peer, "handshakes, 1 at a time (TCP connect + SHS + close(true))", null);
        var operations = Median(rounds.Select(static round => round.Operations));
        var share = Median(rounds.Select(static round => round.Handshakes * round.Operations / 1e6));
        System.Console.WriteLine(Text($"    of what the operations of both sides allow{share,8:P0} of {1e6 / operations:N0} /s, {operations:N0} µs each (wanted: 70 %)"));
    }

    private static async Task SourcesAsync(JsonObject? peer, double boxes)
    {
        using var server = StackServer.Start();
        await using var node = StackServer.CreateStack().CreateClient();
        await using var connection = await node.ConnectAsync(server.Address);
        foreach (var (size, count) in ((int, int)[])[(1024, 200_000), (4096, 100_000), (65_536, 10_000)])
        {
            var rate = await RateAsync(() => ReceiveAsync(connection, size, count));
            Report($"source of {size / 1024} KB items", rate, "MB/s", peer, $"source {size / 1024}KB buffers", size == 1024 ? 3 : null);
            if (size > 1024)
                System.Console.WriteLine(Text($"    of the bare box stream                  {rate / boxes,10:P0} of {boxes:N0} MB/s (wanted: 75 %)"));
        }
    }

    private static async Task<double> CallAsync(StackPeer connection, int inFlight)
    {
        var clock = Stopwatch.StartNew();
        var calls = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            var count = 0;
            for (; clock.Elapsed < Round; count++)
            {
                if (await connection.CallAsync<double>("harness.add", [count, 2]) != count + 2)
                    throw new InvalidOperationException("A sum is wrong.");
            }
            return count;
        }));
        return calls.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReceiveAsync(StackPeer connection, int size, int count)
    {
        var clock = Stopwatch.StartNew();
        await using var source = await connection.OpenSourceAsync("harness.buffers", [size, count]);
        long bytes = 0;
        while (await source.ReadAsync() is { } item)
        {
            using (item)
                bytes += item.Length;
        }
        return bytes == (long)size * count ? bytes / 1e6 / clock.Elapsed.TotalSeconds : throw new InvalidOperationException("Bytes are missing.");
    }

    private static async Task<double> ConnectAsync(StackNode node, MultiserverAddress address)
    {
        var clock = Stopwatch.StartNew();
        // the other side's goodbye is not waited for, as the Node peer's measuring doesn't either
        var closing = new List<Task>();
        while (clock.Elapsed < Round)
            closing.Add((await node.ConnectAsync(address)).DisposeAsync().AsTask());
        var rate = closing.Count / clock.Elapsed.TotalSeconds;
        await Task.WhenAll(closing);
        return rate;
    }

    /// <summary>Microseconds of processor time for the key operations of both sides of one handshake.</summary>
    private static double HandshakeOperations()
    {
        const int Count = 300;
        using var signing = Ed25519PrivateKey.Generate(RandomSource.System);
        using var agreeing = signing.ConvertToX25519();
        var shared = new byte[32];
        var proof = new byte[128];
        return Median(Enumerable.Range(0, 3).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < 2 * Count; i++)
            {
                // each side: a key pair, the other's key converted, three agreements, a signature made and one checked
                using var ephemeral = X25519PrivateKey.Generate(RandomSource.System);
                if (!signing.PublicKey.TryConvertToX25519(out var other)
                    || !ephemeral.TryAgree(other, shared)
                    || !ephemeral.TryAgree(agreeing.PublicKey, shared)
                    || !agreeing.TryAgree(ephemeral.PublicKey, shared)
                    || !signing.PublicKey.Verify(proof, signing.Sign(proof)))
                    throw new InvalidOperationException("An operation failed.");
            }
            return clock.Elapsed.TotalMicroseconds / Count;
        }));
    }

    /// <summary>With a Node peer as it is installed, whose small packets wait for acknowledgements.</summary>
    private static async Task StockPeerAsync()
    {
        if (StackPeerNode.StartServer() is not { } server)
            return;
        using (server)
        {
            await using var node = StackServer.CreateStack().CreateClient();
            // it says where it listens before it does
            await using var lasting = node.KeepConnected(server.Address);
            var connection = await lasting.GetPeerAsync().WaitAsync(TimeSpan.FromSeconds(20));
            Report("calls of a stock Node peer, one by one", await RateAsync(() => CallAsync(connection, 1)), "/s (wanted: 3,000; with itself it makes about 11)");
        }
    }

    private static async Task IdleAsync()
    {
        using var server = StackServer.Start();
        await using var node = StackServer.CreateStack().CreateClient();
        var before = server.ResidentBytes;
        var connections = new List<StackPeer>();
        while (connections.Count < Idle)
            connections.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => node.ConnectAsync(server.Address).AsTask())));
        await Task.Delay(TimeSpan.FromSeconds(3));
        System.Console.WriteLine(Text($"  {$"{Idle:N0} idle connections",-42} {server.ResidentBytes / 1e6,10:N0} MB   {(server.ResidentBytes - before) / (double)Idle / 1000:N1} KB each (wanted: below 300)"));
        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
    }

    private static double ReadRate(Process program) => double.Parse(program.StandardOutput.ReadLine() ?? "", CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static async Task<double> RateAsync(Func<Task<double>> round)
    {
        _ = await round();
        return Median([await round(), await round(), await round()]);
    }

    private static void Report(string name, double rate, string unit, JsonObject? peer = null, string? peerName = null, double? wanted = null)
    {
        var line = Text($"  {name,-42} {rate,10:N0} {unit}");
        if (peerName is not null && peer?[peerName] is { } figure)
            line += Text($"   Node {figure.GetValue<double>():N0}, {rate / figure.GetValue<double>():F1} times as fast{(wanted is null ? "" : Text($" (wanted: {wanted})"))}");
        System.Console.WriteLine(line);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
