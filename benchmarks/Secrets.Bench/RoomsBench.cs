using System.Diagnostics;

namespace Secrets.Bench;

/// <summary>Ten rooms of fifty people with twenty messages a second in each: 10,000 deliveries a second.</summary>
internal static class RoomsBench
{
    private const int Rooms = 10;
    private const int People = 50;
    private const int PerSecond = 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    /// <summary>The relay as a process of its own; the people in this one.</summary>
    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        System.Console.WriteLine($"rooms: {Rooms} rooms of {People} people, {PerSecond} messages a second in each, over loopback; wanted: p95 below 100 ms, relay below one core");
        using var relay = RelayProcess.Start();
        var rooms = new List<RoomLoad>();
        for (var i = 0; i < Rooms; i++)
            rooms.Add(await RoomLoad.OpenAsync(relay.Address, People));
        await Task.WhenAll(rooms.Select(room => room.RunAsync(PerSecond, WarmUp)));
        foreach (var room in rooms)
            room.Forget();
        var (user, system) = relay.ProcessorTimes;
        var own = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(rooms.Select(room => room.RunAsync(PerSecond, Measured)));
        var elapsed = clock.Elapsed;
        var (userAfter, systemAfter) = relay.ProcessorTimes;
        var ownAfter = Process.GetCurrentProcess().TotalProcessorTime;
        double[] latencies = [.. rooms.SelectMany(room => room.Latencies).Order()];
        Report("deliveries", $"{latencies.Length / elapsed.TotalSeconds,10:N0} /s   of {Rooms * People * PerSecond:N0}");
        Report("from saying to hearing", $"{latencies[latencies.Length / 2],10:N1} ms p50   {latencies[latencies.Length * 95 / 100]:N1} ms p95   {latencies[latencies.Length * 99 / 100]:N1} ms p99");
        Report("relay", $"{(userAfter + systemAfter - user - system) / elapsed,10:P0} of a core   {relay.ResidentBytes / (double)(1 << 20):N0} MiB");
        Report("the people", $"{(ownAfter - own) / elapsed,10:P0} of a core");
        foreach (var room in rooms)
            await room.DisposeAsync();
    }

    private static void Report(string what, string value) => System.Console.WriteLine($"  {what,-40} {value}");
}
