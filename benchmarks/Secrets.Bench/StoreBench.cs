using System.Diagnostics;
using System.Globalization;
using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Bench;

/// <summary>The store: opening 100,000 facts in 10,000 commits, a purge, commits of one with a flush per batch, size on disk.</summary>
internal static class StoreBench
{
    private const int CommitCount = 10_000;
    private const int FactsPerCommit = 10;
    private const int Writers = 64;
    private static readonly ReadOnlyMemory<byte> Password = "bench"u8.ToArray();
    private static readonly EntityType Message = new("message");
    private static readonly AttributeName[] Attributes =
    [
        .. Enumerable.Range(0, FactsPerCommit).Select(i => AttributeName.One($"a{i}")),
    ];

    // the password step is left out: it takes what it is told to take
    private static readonly StoreOptions Options = new() { PasswordCost = Argon2idParameters.ForTestsOnly(8, 1), AcceptAnyCostForTestsOnly = true };

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "store-bench-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        try
        {
            await WriteOnesAsync(Path.Combine(folder, "ones"), warmUp: true);
            Directory.Delete(Path.Combine(folder, "ones"), recursive: true);
            var start = Processor();
            var seconds = await WriteOnesAsync(Path.Combine(folder, "ones"), warmUp: false);
            Say("facts/s, commits of one, durable, 64 at once", $"{CommitCount / seconds:N0}", $"target 10,000; processor time {Processor() - start:N3} s");
            await SpeedOfDiskAsync(folder);
            var plain = await WriteManyAsync(Path.Combine(folder, "many"));
            var disk = SizeOf(Path.Combine(folder, "many"));
            Say("100,000 facts in 10,000 commits, bytes on disk", $"{disk:N0}", $"plain {plain:N0}, ratio {(double)disk / plain:N2}");
            for (var i = 1; i <= 3; i++)
            {
                var before = Processor();
                var open = await OpenAsync(Path.Combine(folder, "many"));
                Say($"open 100,000 facts after the password step, run {i}", $"{open:N3} s", $"target 0.5 s; processor time {Processor() - before:N3} s with closing");
            }
            var purgeStart = Processor();
            Say("purge 1,000 entities of 10,000", $"{await PurgeAsync(Path.Combine(folder, "many")):N3} s", $"processor time {Processor() - purgeStart:N3} s with opening");
            Say("open what is left", $"{await OpenAsync(Path.Combine(folder, "many")):N3} s", "");
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> WriteOnesAsync(string folder, bool warmUp)
    {
        var count = warmUp ? 500 : CommitCount;
        await using var store = await IdentityStore.CreateAsync(new FileBackend(folder), Password, Options, RandomSource.System, TimeProvider.System, CancellationToken.None);
        using var device = Ed25519PrivateKey.Generate(RandomSource.System);
        store.UseDevice(device);
        var next = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) <= count)
            {
                using var t = store.Begin();
                t.Assert(EntityId.Generate(Message, RandomSource.System), Attributes[0], FactValue.Text("a message of about the usual length, one line"));
                await t.CommitAsync(CancellationToken.None);
            }
        })));
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<long> WriteManyAsync(string folder)
    {
        var plain = 0L;
        await using var store = await IdentityStore.CreateAsync(new FileBackend(folder), Password, Options, RandomSource.System, TimeProvider.System, CancellationToken.None);
        using var device = Ed25519PrivateKey.Generate(RandomSource.System);
        store.UseDevice(device);
        await Parallel.ForAsync(0, CommitCount, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (i, cancellationToken) =>
        {
            using var t = store.Begin();
            var entity = EntityId.Generate(Message, RandomSource.System);
            foreach (var attribute in Attributes)
            {
                var value = $"value {i} of {attribute.Name}, a short text";
                t.Assert(entity, attribute, FactValue.Text(value));
                // what a fact is, written down plainly: entity, attribute, value
                Interlocked.Add(ref plain, EntityId.UuidSize + attribute.Name.Length + value.Length);
            }
            await t.CommitAsync(cancellationToken);
        });
        return plain;
    }

    private static async Task<double> OpenAsync(string folder)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await using var store = await IdentityStore.OpenAsync(new FileBackend(folder), Password, Options, RandomSource.System, TimeProvider.System, CancellationToken.None);
        watch.Stop();
        if (store.IsReadOnly || store.CommitCount != CommitCount)
            throw new InvalidOperationException("The store isn't whole.");
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> PurgeAsync(string folder)
    {
        await using var store = await IdentityStore.OpenAsync(new FileBackend(folder), Password, Options, RandomSource.System, TimeProvider.System, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        if (await store.PurgeAsync([.. store.Facts.Entities(Message).Take(1000)], CancellationToken.None) != 1000)
            throw new InvalidOperationException("Other commits were purged.");
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The peer: how often the same disk makes 20 KB durable, which is what a batch of 64 is.</summary>
    private static async Task SpeedOfDiskAsync(string folder)
    {
        await using var file = new FileStream(Path.Combine(folder, "flush"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var bytes = new byte[20_000];
        var watch = Stopwatch.StartNew();
        const int Count = 200;
        for (var i = 0; i < Count; i++)
        {
            await file.WriteAsync(bytes);
            file.Flush(flushToDisk: true);
        }
        Say("flushes/s of 20 KB on this disk", $"{Count / watch.Elapsed.TotalSeconds:N0}", "");
    }

    private static double Processor() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static long SizeOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);

    private static void Say(string what, string value, string note) => System.Console.WriteLine($"store    {what,-60} {value,14}   {note}");
}
