using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Secrets.Web.Tests.Support;

/// <summary>Debian's coturn on this machine alone, with a secret that a relay shares.</summary>
internal sealed class TurnServer : IDisposable
{
    private const string Secret = "only-for-these-tests-0123456789";

    private readonly string _folder;
    private readonly int _port;
    private Process? _process;

    private TurnServer(string folder, int port)
    {
        _folder = folder;
        _port = port;
        Url = $"turn:127.0.0.1:{port}?transport=udp";
    }

    public string Url { get; }

    public string SecretFile => Path.Combine(_folder, "turn.secret");

    public static async Task<TurnServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("secrets-turn-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "turn.secret"), Secret);
        await File.WriteAllLinesAsync(Path.Combine(folder, "turn.conf"),
        [
            "listening-ip=127.0.0.1", "relay-ip=127.0.0.1", $"listening-port={port}", "min-port=49500", "max-port=49900", "realm=secrets", "use-auth-secret", $"static-auth-secret={Secret}",
            "fingerprint", "no-tls", "no-dtls", "no-cli", "no-tcp-relay", "no-multicast-peers", "allow-loopback-peers", "log-file=/dev/null", "no-stdout-log",
            $"pidfile={folder}/turn.pid", $"userdb={folder}/turn.db",
        ]);
        var server = new TurnServer(folder, port);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts it after a stop, at the same address; it knows nothing of what went through it before.</summary>
    public async Task RestartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("turnserver", ["-c", Path.Combine(_folder, "turn.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        for (var i = 0; i < 100 && !await AnswersAsync(_port); i++)
            await Task.Delay(100);
        Assert.False(_process.HasExited, "The TURN server has ended.");
    }

    /// <summary>All ways through it are gone.</summary>
    public void Stop()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
