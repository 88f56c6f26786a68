using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Secrets.Crypto;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Bench;

/// <summary>Where the relay's time goes: its store alone.</summary>
internal static class RelayParts
{
    private const int Count = 20_000;
    private const int AtOnce = 128;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("secrets-bench-").FullName;
        try
        {
            RunAsync(folder).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder)
    {
        var writes = new Write[Count];
        using var places = new SemaphoreSlim(AtOnce);
        var bytes = new byte[BoxAddress.Size];
        var body = new byte[BoxClass.Small.SealedSize];
        RandomSource.System.Fill(body);
        _ = Ed25519Signature.TryRead(body.AsSpan(0, Ed25519Signature.Size), out var signature);
        for (var i = 0; i < Count; i++)
        {
            RandomSource.System.Fill(bytes);
            _ = BoxAddress.TryRead(bytes, out var address);
            writes[i] = new Write(address, new KeptBox(BoxClass.Small, signature, body), places);
        }
        await using var store = SqliteBoxStore.Open(new BoxStoreOptions { Folder = folder, ReserveBytes = 0 }, TimeProvider.System, NullLogger.Instance);
        var process = Process.GetCurrentProcess();
        var (user, system) = (process.UserProcessorTime, process.PrivilegedProcessorTime);
        var clock = Stopwatch.StartNew();
        foreach (var write in writes)
        {
            await places.WaitAsync();
            store.Put(write);
        }
        for (var i = 0; i < AtOnce; i++)
            await places.WaitAsync();
        var elapsed = clock.Elapsed;
        process.Refresh();
        var userCost = (process.UserProcessorTime - user).TotalMicroseconds / Count;
        var systemCost = (process.PrivilegedProcessorTime - system).TotalMicroseconds / Count;
        System.Console.WriteLine($"  {$"the store alone, {AtOnce} at once",-42} {Count / elapsed.TotalSeconds,10:N0} /s   {userCost + systemCost:N0} µs a box, {systemCost:N0} of it in the kernel");
    }

    private sealed class Write(in BoxAddress address, KeptBox box, SemaphoreSlim places) : BoxWrite(address, box)
    {
        public override void OnCompleted() => places.Release();
    }
}
