using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Secrets.Relay.Storage;
using Secrets.Relay.Tests.Support;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Hosting;

/// <summary>The program itself, as a process: killed in the midst of work, or asked to stop.</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Whatever_was_acknowledged_before_a_kill_is_there_afterwards()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<TestBox>();
        for (var round = 0; round < 3; round++)
        {
            var (process, address) = await StartAsync(folder.Path);
            using (process)
            {
                var client = await RelayClient.ConnectAsync(address);
                var writing = WriteUntilCutAsync(client, acknowledged);
                for (var before = acknowledged.Count; acknowledged.Count < before + 150;)
                    await Task.Delay(1);
                process.Kill();
                await process.WaitForExitAsync().WaitAsync(Patience);
                await writing.WaitAsync(Patience);
            }
        }

        await using var store = SqliteBoxStore.Open(new BoxStoreOptions { Folder = folder.Path, ReserveBytes = 0 }, TimeProvider.System, NullLogger.Instance);
        Assert.True(acknowledged.Count >= 450);
        Assert.All(acknowledged, box => Assert.Equal(box.Body, store.Find(box)?.Body.ToArray()));
    }

    [Fact]
    public async Task Asked_to_stop_it_says_goodbye_and_ends_with_0()
    {
        using var folder = new TemporaryFolder();
        var (process, address) = await StartAsync(folder.Path);
        using (process)
        {
            await using var client = await RelayClient.ConnectAsync(address);
            using var box = new TestBox();
            Assert.Equal(BoxStatus.Ok, (await client.WriteAsync(box)).Status);

            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(Patience);

            Assert.Equal(0, process.ExitCode);
            Assert.Equal(StackError.Closed, await client.Peer.Completion.WaitAsync(Patience));
            Assert.Equal(0, new FileInfo(folder[SqliteBoxStore.FileName + "-wal"]) is { Exists: true } log ? log.Length : 0);
        }
    }

    private static async Task WriteUntilCutAsync(RelayClient client, List<TestBox> acknowledged)
    {
        var sent = new Dictionary<BoxAddress, TestBox>();
        try
        {
            while (true)
            {
                for (var i = 0; i < 8; i++)
                {
                    var box = new TestBox();
                    sent.Add(box.Address, box);
                    await client.SendAsync(RelayClient.WriteCell(box.Sealed, allowShortAnswer: true));
                }
                for (var i = 0; i < 8; i++)
                {
                    var answer = await client.NextAsync();
                    Assert.Equal(BoxStatus.Ok, answer.Status);
                    acknowledged.Add(sent[answer.Address]);
                }
            }
        }
        catch (Exception e) when (e is StackException or InvalidOperationException)
        {
            await client.DisposeAsync();
        }
    }

    private static async Task<(Process Process, MultiserverAddress Address)> StartAsync(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Secrets.Relay.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, "--data", folder, "--listen", "none", "--listen-tcp", "127.0.0.1:0", "--reserve", "0"])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        const string Ready = "relay ready at ";
        Assert.StartsWith(Ready, line, StringComparison.Ordinal);
        Assert.True(MultiserverAddress.TryParse(line![Ready.Length..], out var address));
        return (process, address);
    }
}
