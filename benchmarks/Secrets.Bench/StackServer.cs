using System.Diagnostics;
using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Bench;

/// <summary>Our node as a process of its own, with the methods that the measuring calls, under the names that the Node peer's programs use.</summary>
internal sealed class StackServer : IDisposable
{
    private readonly Process _process;

    private StackServer(Process process, MultiserverAddress address)
    {
        _process = process;
        Address = address;
    }

    public MultiserverAddress Address { get; }

    public long ResidentBytes => ProcessMemory.Resident(_process);

    /// <summary>The app key of the peer's programs.</summary>
    public static AppKey AppKey
    {
        get
        {
            _ = AppKey.TryRead(System.Security.Cryptography.SHA256.HashData("secret-stack-peer"u8), out var key);
            return key;
        }
    }

    public static SecretStack CreateStack() => SecretStack.Create(options =>
    {
        options.AppKey = AppKey;
        options.IdleTimeout = Timeout.InfiniteTimeSpan;
        options.HandshakeTimeout = TimeSpan.FromMinutes(1);
    });

    /// <summary>Starts one of the programs here as a process of its own.</summary>
    public static Process Start(string program, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(StackServer).Assembly.Location, program]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static StackServer Start(bool isSwift = false, params (string Name, string Value)[] settings)
    {
        var process = Start(isSwift ? "stack-swift-serve" : "stack-serve", settings);
        var line = process.StandardOutput.ReadLine();
        return MultiserverAddress.TryParse(line, out var address) ? new StackServer(process, address) : throw new InvalidOperationException("The node did not start.");
    }

    /// <summary>What the process does: until its input ends.</summary>
    public static void Serve() => ServeAsync().GetAwaiter().GetResult();

    /// <summary>The same as a program that asked for short ways.</summary>
    public static void ServeSwiftly()
    {
        SecretStack.PreferLatency();
        Serve();
    }

    /// <summary>The methods, for a node of this or another process.</summary>
    public static Plugin CreatePlugin() => new Plugin("harness")
    {
        ["add"] = Rpc.Sync<double, double, double>(static (a, b, _) => a + b),
        ["buffers"] = Rpc.Source(SendBuffersAsync),
        ["discard"] = Rpc.Sink(DiscardAsync),
        ["echoDuplex"] = Rpc.Duplex(EchoAsync),
        ["stats"] = Rpc.Sync<JsonNode>(Stats),
    }.AllowAnonymous("add", "buffers", "discard", "echoDuplex", "stats");

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
            _process.Kill();
        _process.Dispose();
    }

    private static async Task ServeAsync()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await CreateStack().Use(CreatePlugin()).StartAsync(keys, static options => options.Listen("net:127.0.0.1:0~shs"));
        System.Console.WriteLine(node.Address);
        _ = await Task.Run(System.Console.In.ReadToEnd);
    }

    private static JsonObject Stats(RpcCall call)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new JsonObject { ["connections"] = call.Node.ConnectionCount, ["requests"] = call.Node.Peers.Sum(peer => peer.OpenRequests), ["heap"] = GC.GetTotalMemory(forceFullCollection: true) };
    }

    private static async ValueTask SendBuffersAsync(RpcCall call)
    {
        var item = new byte[call.Argument<int>(0)];
        for (var left = call.Argument<int>(1); left > 0; left--)
            await call.Stream.SendAsync(item, call.CancellationToken);
    }

    private static async ValueTask DiscardAsync(RpcCall call)
    {
        while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
            item.Dispose();
    }

    private static async ValueTask EchoAsync(RpcCall call)
    {
        while (await call.Stream.ReadAsync(call.CancellationToken) is { } item)
        {
            using (item)
                await call.Stream.SendAsync(item.Body, call.CancellationToken);
        }
    }
}
