using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Secrets.Crypto;
using Secrets.Relay.Tests.Support;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Hosting;

/// <summary>What a relay writes down: traffic of every kind runs, then its log and its data folder are searched.</summary>
public sealed class PrivacyTests
{
    [Fact]
    public async Task No_log_line_names_anybody_and_the_data_folder_holds_no_text_and_no_key()
    {
        using var folder = new TemporaryFolder();
        using var log = new CapturedLog();
        var words = Encoding.UTF8.GetBytes("noodles at one, and bring the letter");
        using var capability = WriteCapability.Generate(RandomSource.System);
        var secrets = new List<byte[]> { words, new byte[WriteCapability.Size] };
        capability.ExportForVault(secrets[1]);
        secrets.Add(secrets[1][..32]);
        var ids = new List<byte[]>();
        var host = await RelayHost.StartAsync(
            TestRelay.FreePorts(folder.Path) with { QuotaBytes = 200_000 },
            logging =>
            {
                RelayCommand.ConfigureLogging(logging);
                _ = logging.AddProvider(log);
            },
            CancellationToken.None);
        await using (host)
            await UseAsync(host, capability, words, ids);

        var text = log.ToString();
        Assert.NotEmpty(text);
        foreach (var id in ids)
        {
            Assert.DoesNotContain(Convert.ToHexString(id), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToHexString(id.AsSpan(0, 4)), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(id)[..8], text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("relay.json", text, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            var content = await File.ReadAllBytesAsync(file);
            Assert.All(secrets, secret => Assert.True(content.AsSpan().IndexOf(secret) < 0));
        }
    }

    private static async Task UseAsync(RelayHost host, WriteCapability capability, byte[] words, List<byte[]> ids)
    {
        await using var client = await RelayClient.ConnectAsync(host);
        await using var other = await RelayClient.ConnectAsync(host, Secrets.Stack.StackTransport.WebSocket);
        ids.Add(client.Peer.RemoteKey.Bytes.ToArray());
        using var writer = BoxWriter.Create(capability, BoxClass.Small);
        RelayId[] relays = [host.Id];
        for (var i = 0; i < 60; i++)
        {
            Assert.True(writer.TryWrite(BoxKind.Data, words, relays, out var written));
            var copy = written!.Copies[0];
            ids.Add(copy.Box.Address.Bytes.ToArray());
            _ = await client.AskAsync(RelayClient.WriteCell(copy.Box));
            _ = await other.AskAsync(RelayClient.ReadCell(copy.Box.Address));
            if (i % 5 == 0)
                _ = await client.AskAsync(RelayClient.DeleteCell(copy.Tombstone));
        }
        await other.SendAsync([1, 2, 3, 4, 5]);
        _ = await client.CallAsync(BoxesNetwork.PassMethod, "no pass");
        using var http = new HttpClient { BaseAddress = new Uri($"http://{host.LocalEndpoint}") };
        _ = await http.GetStringAsync("/relay.json?who=me");
        var metrics = await http.GetStringAsync("/metrics");
        Assert.Contains("secrets_writes_total 60\n", metrics, StringComparison.Ordinal);
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{eventId} {formatter(state, exception)} {exception}");

        public override string ToString() => string.Join('\n', _lines);

        public void Dispose() => _lines.Enqueue("end");
    }
}
