using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Stack.Tests.Peers;

/// <summary>A program of tests/peers: JSON lines out, JSON commands in.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly SemaphoreSlim SetupGate = new(1);
    private static readonly HashSet<string> Ready = [];
    private readonly Process _process;

    private NodePeer(Process process) => _process = process;

    public static AppKey AppKey { get; } = AppKey.FromName("secret-stack-peer"u8);

    public const string Current = "secret-stack";

    public const string Former = "secret-stack-6";

    public static string Folder(string name) => Path.Combine(Root(), "tests", "peers", name);

    public static SecretStack Stack() => SecretStack.Create(options => options.AppKey = AppKey);

    public static StackKeys Keys(string name) => StackKeys.FromSeed(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>Starts a program; the test is skipped where node is missing.</summary>
    public static async Task<NodePeer> StartAsync(string program, JsonObject arguments, string folder = Current)
    {
        await SetUpAsync(folder);
        var start = new ProcessStartInfo("node", [program, arguments.ToJsonString()])
        {
            WorkingDirectory = Folder(folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return new NodePeer(process);
    }

    /// <summary>The next line of this event; null when the program has ended.</summary>
    public async Task<JsonObject?> ReadAsync(string? name = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            var json = JsonNode.Parse(line)!.AsObject();
            if (name is null || (string?)json["ev"] == name)
                return json;
        }

        return null;
    }

    public async Task SendAsync(JsonNode command)
    {
        await _process.StandardInput.WriteLineAsync(command.ToJsonString());
        await _process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>A port that nobody has at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Secrets.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    public static async Task SetUpAsync(string folder)
    {
        await SetupGate.WaitAsync();
        try
        {
            if (Ready.Contains(folder))
                return;
            using var setup = Process.Start(new ProcessStartInfo(Path.Combine(Folder(folder), "setup")) { WorkingDirectory = Folder(folder) })!;
            await setup.WaitForExitAsync();
            if (setup.ExitCode == 2)
                Assert.Skip("node is missing");
            Assert.Equal(0, setup.ExitCode);
            _ = Ready.Add(folder);
        }
        finally
        {
            SetupGate.Release();
        }
    }
}
