using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Secrets.Stack;

namespace Secrets.Bench;

/// <summary>Node's secret-stack, from the programs that the tests run against.</summary>
internal sealed class StackPeerNode : IDisposable
{
    private readonly Process _process;

    private StackPeerNode(Process process, MultiserverAddress address)
    {
        _process = process;
        Address = address;
    }

    public MultiserverAddress Address { get; }

    /// <summary>Each figure of its own bench, by name; null where it isn't installed.</summary>
    public static JsonObject? Measure()
    {
        if (Start(isQuick: true) is not { } server)
            return null;
        using (server)
        {
            var arguments = new JsonObject
            {
                ["address"] = server.Address.ToString(),
                ["what"] = new JsonArray("seq", "par", "source", "handshake"),
                ["seconds"] = 2,
            };
            using var client = Process.Start(new ProcessStartInfo("node", ["-r", "./nodelay.js", "bench.js", arguments.ToJsonString()]) { WorkingDirectory = FindFolder(), RedirectStandardOutput = true })!;
            var figures = new JsonObject();
            while (client.StandardOutput.ReadLine() is { } line)
            {
                if (JsonNode.Parse(line) is JsonObject said && said["name"]?.GetValue<string>() is { } name)
                    figures[name] = said["median"]!.GetValue<double>();
            }
            client.WaitForExit();
            return figures;
        }
    }

    /// <summary>A server as its packages make it; null where it isn't installed.</summary>
    public static StackPeerNode? StartServer() => Start(isQuick: false);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static StackPeerNode? Start(bool isQuick)
    {
        if (FindFolder() is not { } folder)
        {
            System.Console.WriteLine("  Node's stack is not measured: tests/peers/secret-stack/setup installs it");
            return null;
        }
        string[] preload = isQuick ? ["-r", "./nodelay.js"] : [];
        var process = Process.Start(new ProcessStartInfo("node", [.. preload, "server.js", $$"""{"port":{{FreePort()}},"inactivity":0}"""]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var line = process.StandardOutput.ReadLine();
        // it goes on talking: nobody may be held up by that
        _ = process.StandardOutput.ReadToEndAsync();
        return line is not null && JsonNode.Parse(line)?["net"]?.GetValue<string>() is { } text && MultiserverAddress.TryParse(text, out var address)
            ? new StackPeerNode(process, address)
            : throw new InvalidOperationException("The Node peer did not start.");
    }

    // left to itself it takes any port, also one that a connection of a moment ago still holds
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peer = Path.Combine(folder.FullName, "tests", "peers", "secret-stack");
            if (Directory.Exists(Path.Combine(peer, "node_modules")))
                return peer;
        }
        return null;
    }
}
