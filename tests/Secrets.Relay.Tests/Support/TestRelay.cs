using System.Net;

namespace Secrets.Relay.Tests.Support;

/// <summary>A running relay in a folder of its own, on free ports.</summary>
internal sealed class TestRelay : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private TestRelay(TemporaryFolder folder, RelayOptions options, RelayHost host)
    {
        _folder = folder;
        Options = options;
        Host = host;
    }

    public RelayHost Host { get; private set; }

    public RelayOptions Options { get; }

    public string Folder => _folder.Path;

    public Uri Http => new($"http://{Host.LocalEndpoint}");

    public static RelayOptions FreePorts(string folder) => new()
    {
        DataFolder = folder,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        ListenTcp = new IPEndPoint(IPAddress.Loopback, 0),
        ReserveBytes = 0,
    };

    public static async Task<TestRelay> StartAsync(Func<RelayOptions, RelayOptions>? change = null)
    {
        var folder = new TemporaryFolder();
        var options = FreePorts(folder["data"]);
        options = change?.Invoke(options) ?? options;
        return new TestRelay(folder, options, await RelayHost.StartAsync(options, CancellationToken.None));
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        Host = await RelayHost.StartAsync(Options, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    // a relay on a clock that stands still would wait for ever for clients to answer its goodbye
    private async Task StopAsync()
    {
        var stopping = Host.DisposeAsync().AsTask();
        while (Options.Clock is ManualClock clock && !stopping.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            _ = await Task.WhenAny(stopping, Task.Delay(50));
        }
        await stopping;
    }
}
