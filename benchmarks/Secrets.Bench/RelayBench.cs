using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Secrets.Crypto;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Bench;

/// <summary>Durable 4 KiB puts with delivery to a waiting reader, beside libsodium's verification and Redis on the same machine in the same run.</summary>
internal static class RelayBench
{
    private const int Boxes = 64_000;
    private const int IdleConnections = 10_000;
    private const int Million = 1_000_000;

    /// <summary>All of it.</summary>
    public static void Run()
    {
        RunPuts();
        MeasureBell();
        RunIdle();
        RunStart();
    }

    /// <summary>Puts, their delivery, and Redis.</summary>
    public static void RunPuts()
    {
        System.Console.WriteLine("relay: durable puts of 4 KiB boxes, sealed beforehand, each delivered to a waiting reader over loopback");
        var (one, cost) = VerifyRate(1);
        var (both, _) = VerifyRate(Environment.ProcessorCount);
        Report("Ed25519 verify of 4 KiB, one core", $"{one,10:N0} /s");
        Report($"the same, all {Environment.ProcessorCount} cores", $"{both,10:N0} /s");
        var rate = MeasurePutsAsync(cost, both).GetAwaiter().GetResult();
        RelayParts.Run();
        MeasureRedisAsync(rate).GetAwaiter().GetResult();
    }

    /// <summary>Memory of a relay alone and with many connections.</summary>
    public static void RunIdle() => MeasureIdleAsync().GetAwaiter().GetResult();

    /// <summary>The start with a million boxes.</summary>
    public static void RunStart() => MeasureStart();

    private static async Task<double> MeasurePutsAsync(double verifyCost, double both)
    {
        using var relay = RelayProcess.Start();
        var load = new RelayLoad(relay.Address, Boxes);
        const int WarmUp = 24_000;
        const int Measured = 20_000;
        const int Paced = Boxes - WarmUp - Measured;
        _ = await load.RunAsync(0, WarmUp, perSecond: 0);
        var (user, system) = relay.ProcessorTimes;
        var own = Process.GetCurrentProcess().TotalProcessorTime;
        var elapsed = await load.RunAsync(WarmUp, Measured, perSecond: 0);
        var rate = Measured / elapsed.TotalSeconds;
        var (userAfter, systemAfter) = relay.ProcessorTimes;
        var userCost = (userAfter - user).TotalMicroseconds / Measured;
        var systemCost = (systemAfter - system).TotalMicroseconds / Measured;
        var relayCost = userCost + systemCost;
        var ownCost = (Process.GetCurrentProcess().TotalProcessorTime - own).TotalMicroseconds / Measured;
        Report("puts delivered", $"{rate,10:N0} /s   {rate / both,6:P0} of both cores' verifying (wanted: 40 %)");
        Report("relay's processor time a box", $"{relayCost,10:N0} µs   {relayCost / verifyCost,6:N2} verifications (wanted: at most 2)");
        Report("of it in the kernel", $"{systemCost,10:N0} µs");
        Report("sender's and reader's", $"{ownCost,10:N0} µs");
        _ = await load.RunAsync(WarmUp + Measured, Paced, (int)(rate / 2));
        var latencies = load.Latencies(WarmUp + Measured, Paced);
        Report("put to waiting reader at half load", $"{latencies[Paced / 2],10:N1} ms p50   {latencies[Paced * 99 / 100]:N1} ms p99 (wanted: below 50)");
        return rate;
    }

    // verifications a second of the clock, and microseconds of processor time each: the second holds on a busy machine too
    private static (double Rate, double Cost) VerifyRate(int threads)
    {
        using var key = Ed25519PrivateKey.Generate(RandomSource.System);
        var body = new byte[BoxClass.Small.SealedSize];
        var signature = key.Sign(body);
        var duration = TimeSpan.FromSeconds(1.5);
        var total = 0L;
        void Verify()
        {
            var clock = Stopwatch.StartNew();
            var count = 0;
            for (; clock.Elapsed < duration; count++)
                _ = key.PublicKey.Verify(body, signature);
            _ = Interlocked.Add(ref total, count);
        }
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Verify)).ToList();
        workers.ForEach(thread => thread.Start());
        workers.ForEach(thread => thread.Join());
        return (total / duration.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / total);
    }

    private static async Task MeasureRedisAsync(double rate)
    {
        var folder = Directory.CreateTempSubdirectory("secrets-bench-redis-").FullName;
        const int Port = 7499;
        const int Count = 40_000;
        try
        {
            using var redis = Process.Start(new ProcessStartInfo("redis-server", ["--port", "7499", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", ""]) { RedirectStandardOutput = true })!;
            await Task.Delay(500);
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync("127.0.0.1", Port);
            var stream = client.GetStream();
            var body = new byte[4096];
            RandomSource.System.Fill(body);
            var clock = Stopwatch.StartNew();
            var reading = ReadExactlyAsync(stream, Count * "+OK\r\n".Length);
            for (var i = 0; i < Count; i++)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"*3\r\n$3\r\nSET\r\n$8\r\n{i:D8}\r\n$4096\r\n")));
                await stream.WriteAsync(body);
                await stream.WriteAsync("\r\n"u8.ToArray());
            }
            await reading;
            var redisRate = Count / clock.Elapsed.TotalSeconds;
            Report("Redis, appendfsync always, SET of 4 KiB", $"{redisRate,10:N0} /s   ratio {rate / redisRate:N2}");
            redis.Kill();
            await redis.WaitForExitAsync();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or SocketException)
        {
            Report("Redis", "is not installed here");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ReadExactlyAsync(NetworkStream stream, int count)
    {
        var buffer = new byte[65_536];
        while (count > 0)
            count -= await stream.ReadAsync(buffer.AsMemory(0, Math.Min(count, buffer.Length)));
    }

    private static void MeasureBell()
    {
        const int PerBell = 200;
        const int Rings = 500;
        using var key = Ed25519PrivateKey.Generate(RandomSource.System);
        var builder = new BellBuilder(RelayId.FromKey(key.PublicKey), 1, default, RandomSource.System);
        var addresses = new BoxAddress[PerBell];
        var bytes = new byte[32];
        for (var i = 0; i < PerBell; i++)
        {
            RandomSource.System.Fill(bytes);
            _ = BoxAddress.TryRead(bytes, out addresses[i]);
        }
        var size = 0;
        var clock = Stopwatch.StartNew();
        for (var ring = 0; ring < Rings; ring++)
        {
            foreach (var address in addresses)
                _ = builder.TryAdd(address);
            size = builder.Ring(key).Encoded.Length;
        }
        Report("bell at 100 boxes/s", $"{clock.Elapsed.TotalMicroseconds / Rings,10:N0} µs each   {size:N0} bytes, {size * 43_200.0 / 1e6:N0} MB a day a listener");
    }

    private static async Task MeasureIdleAsync()
    {
        using var relay = RelayProcess.Start();
        await Task.Delay(2_000);
        Report("idle relay", $"{relay.ResidentBytes / 1e6,10:N0} MB   (wanted: below 100)");
        var limit = FileLimit();
        var count = (int)Math.Min(IdleConnections, limit - 200);
        if (count < IdleConnections)
            Report("open files", $"{limit,10:N0}   are allowed here: {count:N0} connections instead of {IdleConnections:N0}");
        var connections = new RelayConnection[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        await Parallel.ForAsync(0, count, options, async (i, cancellationToken) =>
        {
            connections[i] = await RelayConnection.OpenAsync(relay.Address);
            var head = new byte[Cell.HeadSize];
            var bytes = new byte[BoxAddress.Size];
            RandomSource.System.Fill(bytes);
            _ = BoxAddress.TryRead(bytes, out var address);
            RelayConnection.WriteWait(head, address);
            await connections[i].Cells.SendAsync(head, cancellationToken);
        });
        await Task.Delay(5_000);
        Report($"{count:N0} connections with waiting reads", $"{relay.ResidentBytes / 1e6,10:N0} MB   (wanted: below 400)");
        await Parallel.ForEachAsync(connections, async (connection, _) => await connection.DisposeAsync());
    }

    private static long FileLimit()
    {
        var line = File.ReadLines("/proc/self/limits").First(text => text.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
    }

    private static void MeasureStart()
    {
        var folder = Directory.CreateTempSubdirectory("secrets-bench-million-").FullName;
        try
        {
            using (RelayProcess.Start(folder))
                Report("making a million boxes", "takes a while …");
            Fill(Path.Combine(folder, SqliteBoxStore.FileName));
            using var relay = RelayProcess.Start(folder);
            Report("start with 1,000,000 boxes", $"{relay.StartTime.TotalSeconds,10:N2} s    (wanted: below 2)");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // rows as the relay writes them, made by the database itself
    private static void Fill(string file)
    {
        const int Step = 50_000;
        using var database = SqliteDatabase.Open(file, TimeSpan.FromSeconds(10));
        database.Execute("PRAGMA synchronous=OFF; DROP INDEX box_address;");
        for (var from = 1; from <= Million; from += Step)
        {
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {from + Step - 1})
                INSERT INTO box SELECT i, 0, 1, randomblob(32), randomblob(64), randomblob(4096) FROM n;
                """));
            _ = database.TryCheckpoint(CheckpointMode.Truncate);
        }
        database.Execute("CREATE UNIQUE INDEX box_address ON box(address);");
        _ = database.TryCheckpoint(CheckpointMode.Truncate);
    }

    private static void Report(string what, string value) => System.Console.WriteLine($"  {what,-42} {value}");
}
