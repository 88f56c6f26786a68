using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Secrets.Stack;

namespace Secrets.Bench;

/// <summary>A thousand connections that call, stream, stall and are cut at random, for ten minutes (or BENCH_SOAK_MINUTES): memory stays flat and nothing is left behind.</summary>
internal static class StackSoak
{
    private const int Connections = 1_000;

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var minutes = int.Parse(Environment.GetEnvironmentVariable("BENCH_SOAK_MINUTES") ?? "10", CultureInfo.InvariantCulture);
        System.Console.WriteLine(Text($"stack: {Connections:N0} connections with random calls, streams, stalls and cuts, {minutes} minutes"));
        // the runtime's pool of arrays keeps the most that was ever borrowed at one time, which comes late: here it keeps little, so that what remains is the stack's
        using var server = StackServer.Start(settings: [("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT", "1"), ("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION", "1")]);
        var counts = new Counts();
        // two halves with nobody in between: the first fills the pools, the second must leave nothing more behind
        var half = await PlayAsync(server, counts, 0, minutes / 2);
        var end = await PlayAsync(server, counts, minutes / 2, minutes);
        System.Console.WriteLine(Text($"  server's memory, end of both halves         {half.Resident / 1e6:N0} MB, {end.Resident / 1e6:N0} MB (wanted: flat)"));
        System.Console.WriteLine(Text($"  its heap when all were gone, both times     {half.Heap / 1e6:N1} MB, {end.Heap / 1e6:N1} MB (wanted: the same)"));
        System.Console.WriteLine(Text($"  left behind                                 {half.Connections + end.Connections - 2} connections, {half.Requests + end.Requests - 2} requests (wanted: none)"));
        System.Console.WriteLine(Text($"  faults that nobody made                     {counts.Faults} (wanted: none)"));
    }

    private static async Task<(int Connections, int Requests, long Heap, long Resident)> PlayAsync(StackServer server, Counts counts, int from, int to)
    {
        using var stopping = new CancellationTokenSource();
        var people = Enumerable.Range(0, Connections).Select(i => PlayOneAsync(server.Address, counts, new Random(i), stopping.Token)).ToArray();
        for (var minute = from + 1; minute <= to; minute++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), CancellationToken.None);
            System.Console.WriteLine(Text($"  minute {minute,3}   {counts.Calls,10:N0} calls {counts.Items,12:N0} items {counts.Cuts,8:N0} cut {counts.Stalls,8:N0} stalled   server {server.ResidentBytes / 1e6,6:N0} MB"));
        }
        var resident = server.ResidentBytes;
        await stopping.CancelAsync();
        await Task.WhenAll(people);
        // what closes has its time: a call, a goodbye and the end of the bytes
        var (connections, requests, heap) = await StatsAsync(server.Address);
        for (var seconds = 0; seconds < 15 && (connections > 1 || requests > 1); seconds++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            (connections, requests, heap) = await StatsAsync(server.Address);
        }
        return (connections, requests, heap, resident);
    }

    private static async Task<(int Connections, int Requests, long Heap)> StatsAsync(MultiserverAddress address)
    {
        await using var node = StackServer.CreateStack().CreateClient();
        await using var peer = await node.ConnectAsync(address);
        var stats = await peer.CallAsync<JsonNode>("harness.stats");
        return (stats["connections"]!.GetValue<int>(), stats["requests"]!.GetValue<int>(), stats["heap"]!.GetValue<long>());
    }

    private static async Task PlayOneAsync(MultiserverAddress address, Counts counts, Random random, CancellationToken stopping)
    {
        var network = new CutNetwork();
        await using var node = SecretStack.Create(options =>
        {
            options.AppKey = StackServer.AppKey;
            options.Network = network;
            options.HandshakeTimeout = TimeSpan.FromMinutes(1);
        }).CreateClient();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var peer = await node.ConnectAsync(address, stopping);
                for (var i = random.Next(1, 40); i > 0; i--)
                {
                    await Task.Delay(random.Next(200, 2_000), stopping);
                    await ActAsync(peer, counts, random, stopping);
                }
                if (random.Next(3) > 0)
                    continue;
                // as a line that breaks: without a goodbye, with a stream open
                _ = await peer.OpenSourceAsync("harness.buffers", [1024, 1_000], stopping);
                network.Cut();
                counts.Cut();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is StackException or RpcException)
            {
                counts.Fault();
            }
        }
    }

    private static async Task ActAsync(StackPeer peer, Counts counts, Random random, CancellationToken stopping)
    {
        switch (random.Next(6))
        {
            case 0 or 1:
                if (await peer.CallAsync<double>("harness.add", [random.Next(100), 1], stopping) < 1)
                    counts.Fault();
                counts.Call();
                break;
            case 2:
                counts.Read(await ReadAsync(peer, random.Next(1, 20_000), random.Next(1, 60), int.MaxValue, stopping));
                break;
            case 3:
                // left in the middle
                counts.Read(await ReadAsync(peer, random.Next(1, 20_000), 1_000, random.Next(1, 5), stopping));
                break;
            case 4:
                await EchoAsync(peer, random, counts, stopping);
                break;
            default:
                // opened, and not read for a while
                counts.Stall();
                await using (await peer.OpenSourceAsync("harness.buffers", [4096, 2_000], stopping))
                    await Task.Delay(random.Next(500, 3_000), stopping);
                break;
        }
    }

    private static async Task<int> ReadAsync(StackPeer peer, int size, int count, int most, CancellationToken stopping)
    {
        await using var source = await peer.OpenSourceAsync("harness.buffers", [size, count], stopping);
        var items = 0;
        while (items < most && await source.ReadAsync(stopping) is { } item)
        {
            item.Dispose();
            items++;
        }
        return items;
    }

    private static async Task EchoAsync(StackPeer peer, Random random, Counts counts, CancellationToken stopping)
    {
        await using var duplex = await peer.OpenDuplexAsync("harness.echoDuplex", cancellationToken: stopping);
        var body = new byte[random.Next(1, 4_000)];
        for (var i = random.Next(1, 10); i > 0; i--)
        {
            await duplex.SendAsync(body, stopping);
            using var item = await duplex.ReadAsync(stopping);
            if (item?.Length != body.Length)
                counts.Fault();
            counts.Read(1);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>TCP, whose last connection can be cut below everything that uses it.</summary>
    private sealed class CutNetwork : IStackNetwork
    {
        private Action _cut = static () => { };

        public bool CanDial(StackEndpoint endpoint) => endpoint.Transport is StackTransport.Tcp;

        public async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
            _cut = () => socket.Close(timeout: 0);
            return new SocketConnection(socket);
        }

        public void Cut() => _cut();
    }

    private sealed class Counts
    {
        private long _calls;
        private long _items;
        private long _cuts;
        private long _stalls;
        private long _faults;

        public long Calls => Interlocked.Read(ref _calls);

        public long Items => Interlocked.Read(ref _items);

        public long Cuts => Interlocked.Read(ref _cuts);

        public long Stalls => Interlocked.Read(ref _stalls);

        public long Faults => Interlocked.Read(ref _faults);

        public void Call() => Interlocked.Increment(ref _calls);

        public void Read(int items) => Interlocked.Add(ref _items, items);

        public void Cut() => Interlocked.Increment(ref _cuts);

        public void Stall() => Interlocked.Increment(ref _stalls);

        public void Fault() => Interlocked.Increment(ref _faults);
    }
}
