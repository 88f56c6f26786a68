using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Secrets.Stack;

namespace Secrets.Bench;

/// <summary>The bare box stream: sealed in one process, opened in another, nothing else.</summary>
internal static class StackBoxes
{
    private const int RunSize = 60 << 10;
    private const long Total = 1L << 30;
    private static readonly byte[] Key = new byte[32];
    private static readonly byte[] Nonce = new byte[24];

    /// <summary>MB a second, median of three.</summary>
    public static double Measure()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(StackBoxes).Assembly.Location, "stack-boxes-serve"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var port = int.Parse(process.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        double[] rates = [.. Enumerable.Range(0, 4).Select(_ => ReceiveAsync(port).GetAwaiter().GetResult()).Skip(1).Order()];
        process.StandardInput.Close();
        process.WaitForExit();
        return rates[1];
    }

    /// <summary>What the other process does: seals for whoever connects, until its input ends.</summary>
    public static void Serve() => ServeAsync().GetAwaiter().GetResult();

    private static async Task ServeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        System.Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        using var stopping = new CancellationTokenSource();
        var ending = Task.Run(() => System.Console.In.ReadToEnd()).ContinueWith(_ => stopping.Cancel(), TaskScheduler.Default);
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync(stopping.Token);
                await SendAsync(socket);
            }
        }
        catch (OperationCanceledException)
        {
            await ending;
        }
    }

    private static async Task SendAsync(Socket socket)
    {
        using var sealer = new BoxSealer(Key, Nonce);
        var plain = new byte[RunSize];
        var sealedRun = new byte[BoxFormat.SealedLength(RunSize)];
        await using var stream = new NetworkStream(socket);
        for (long sent = 0; sent < Total; sent += RunSize)
            await stream.WriteAsync(sealedRun.AsMemory(0, sealer.Seal(plain, sealedRun)));
    }

    private static async Task<double> ReceiveAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        using var opener = new BoxOpener(Key, Nonce);
        using var reader = new BoxReader(opener);
        var input = PipeReader.Create(client.GetStream(), new StreamPipeReaderOptions(bufferSize: 64 << 10));
        long opened = 0;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var result = await input.ReadAsync();
            var buffer = result.Buffer;
            while (true)
            {
                if (reader.Read(ref buffer, out var plain) != StackError.None)
                    throw new InvalidOperationException("A box did not open.");
                if (plain.IsEmpty)
                    break;
                opened += plain.Length;
            }
            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                break;
        }
        return opened / 1e6 / clock.Elapsed.TotalSeconds;
    }
}
