using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Bench;

/// <summary>What an item of a stream and a call cost the collector, both sides together, as BenchmarkDotNet's memory column says.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class StackAllocations
{
    private const int Items = 20_000;

    private StackKeys? _keys;
    private StackNode? _server;
    private StackNode? _client;
    private StackPeer? _peer;

    /// <summary>Bytes of an item.</summary>
    [Params(1024, 4096, 65_536)]
    public int Size { get; set; }

    internal static void Run()
    {
        System.Console.WriteLine("  bytes allocated for an item of a source, sent and received (wanted: none):");
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Dry.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(5))
            .AddColumnProvider(DefaultColumnProviders.Params)
            .WithOptions(ConfigOptions.DisableLogFile)
            .AddLogger(NullLogger.Instance);
        foreach (var report in BenchmarkRunner.Run<StackAllocations>(config).Reports)
        {
            var size = report.BenchmarkCase.Parameters["Size"];
            System.Console.WriteLine($"    {$"items of {size} bytes",-40} {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase),10:N0} B");
        }
    }

    /// <summary>Connects.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        _keys = StackKeys.Generate(RandomSource.System);
        _server = await StackServer.CreateStack().Use(StackServer.CreatePlugin()).StartAsync(_keys, static options => options.Listen("net:127.0.0.1:0~shs"));
        _client = StackServer.CreateStack().CreateClient();
        _peer = await _client.ConnectAsync(_server.Address!);
    }

    /// <summary>Reads a source to its end.</summary>
    [Benchmark(OperationsPerInvoke = Items)]
    public async Task<long> ReceiveAsync()
    {
        await using var source = await _peer!.OpenSourceAsync("harness.buffers", [Size, Items]);
        long bytes = 0;
        while (await source.ReadAsync() is { } item)
        {
            using (item)
                bytes += item.Length;
        }
        return bytes;
    }

    /// <summary>Disconnects.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _client!.DisposeAsync();
        await _server!.DisposeAsync();
        _keys!.Dispose();
    }
}
