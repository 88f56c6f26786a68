using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests;

/// <summary>The suites of <c>shs1-test</c> for clients and servers of secret-handshake: 45 cases each, good and faulty.</summary>
public class PublishedSuiteTests
{
    private const int SessionSize = 2 * (32 + 24);

    [Theory]
    [InlineData("client")]
    [InlineData("server")]
    public async Task The_published_suite_passes(string side)
    {
        await NodePeer.SetUpAsync("shs1-test");
        var folder = Directory.CreateTempSubdirectory("shs1").FullName;
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(folder, "s");
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(64);
        var cases = 0;
        using var stopping = new CancellationTokenSource();
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(stopping.Token);
                _ = Interlocked.Increment(ref cases);
                _ = Task.Run(() => ServeAsync(socket, side), CancellationToken.None);
            }
        });

        var start = new ProcessStartInfo("node", [$"node_modules/.bin/shs1test{side}", "./bridge.js", "seed"]) { WorkingDirectory = NodePeer.Folder("shs1-test"), RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SHS1_SOCKET"] = path;
        using var suite = Process.Start(start)!;
        var errors = suite.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await suite.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await suite.WaitForExitAsync(TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Directory.Delete(folder, recursive: true);

        Assert.True(suite.ExitCode == 0, output);
        Assert.Equal(45, cases);
    }

    private static async Task ServeAsync(Socket socket, string side)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var arguments = await ReadArgumentsAsync(stream);
            _ = AppKey.TryRead(Convert.FromHexString((string)arguments[0]!), out var appKey);
            using var session = side == "client"
                ? await DialAsync(stream, appKey, Convert.FromHexString((string)arguments[1]!))
                : await AcceptAsync(stream, appKey, Convert.FromHexString((string)arguments[1]!));
            if (session is null)
                return;
            var keys = new byte[SessionSize];
            session.Sealer.ExportForTestsOnly(keys);
            session.Opener.ExportForTestsOnly(keys.AsSpan(SessionSize / 2));
            await SendAsync(stream, keys);
            await stream.WriteAsync(new byte[1]);
        }
        catch (IOException)
        {
            // the suite was done with this one
        }
    }

    private static async Task<ShsSession?> DialAsync(NetworkStream stream, AppKey appKey, byte[] serverKey)
    {
        Assert.True(Ed25519PublicKey.TryRead(serverKey, out var server));
        using var keys = StackKeys.Generate(RandomSource.System);
        using var shs = new ShsClient(appKey, keys, server, X25519PrivateKey.Generate(RandomSource.System));
        await SendAsync(stream, Write(ShsMessages.ChallengeSize, shs.WriteChallenge));
        if (shs.AcceptChallenge(await ReadAsync(stream, ShsMessages.ChallengeSize)) != StackError.None)
            return null;
        await SendAsync(stream, Write(ShsMessages.HelloSize, shs.WriteHello));
        _ = shs.AcceptAccept(await ReadAsync(stream, ShsMessages.AcceptSize), out var session);
        return session;
    }

    private static async Task<ShsSession?> AcceptAsync(NetworkStream stream, AppKey appKey, byte[] secretKey)
    {
        // the seed is the first half of such a key
        using var keys = StackKeys.FromSeed(secretKey.AsSpan(0, 32));
        using var shs = new ShsServer(appKey, keys, X25519PrivateKey.Generate(RandomSource.System));
        if (shs.AcceptChallenge(await ReadAsync(stream, ShsMessages.ChallengeSize)) != StackError.None)
            return null;
        await SendAsync(stream, Write(ShsMessages.ChallengeSize, shs.WriteChallenge));
        if (shs.AcceptHello(await ReadAsync(stream, ShsMessages.HelloSize)) != StackError.None)
            return null;
        ShsSession? session = null;
        await SendAsync(stream, Write(ShsMessages.AcceptSize, accept => session = shs.WriteAccept(accept)));
        return session;
    }

    private static byte[] Write(int size, WriteMessage write)
    {
        var message = new byte[size];
        write(message);
        return message;
    }

    private static async Task SendAsync(NetworkStream stream, byte[] message) => await stream.WriteAsync((byte[])[(byte)message.Length, .. message]);

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int size)
    {
        var message = new byte[size];
        await stream.ReadExactlyAsync(message);
        return message;
    }

    private static async Task<JsonArray> ReadArgumentsAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        while ((await ReadAsync(stream, 1))[0] is var next and not (byte)'\n')
            line.Add(next);
        return JsonNode.Parse(Encoding.UTF8.GetString([.. line]))!.AsArray();
    }

    private delegate void WriteMessage(Span<byte> message);
}
