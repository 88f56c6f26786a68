using System.Diagnostics;
using System.Globalization;
using Secrets.Stack;

namespace Secrets.Bench;

/// <summary>A relay as a process of its own, so that its processor time and memory are its own.</summary>
internal sealed class RelayProcess : IDisposable
{
    private readonly Process _process;
    private readonly bool _ownsFolder;

    private RelayProcess(Process process, MultiserverAddress address, string folder, bool ownsFolder, TimeSpan startTime)
    {
        _process = process;
        WebAddress = new MultiserverAddress(address.Key, address.Endpoints.First(endpoint => endpoint.Transport is StackTransport.WebSocket));
        Address = new MultiserverAddress(address.Key, address.Endpoints.Single(endpoint => endpoint.Transport is StackTransport.Tcp));
        Folder = folder;
        _ownsFolder = ownsFolder;
        StartTime = startTime;
    }

    public MultiserverAddress Address { get; }

    /// <summary>The address that browsers dial.</summary>
    public MultiserverAddress WebAddress { get; }

    /// <summary>Where it serves the web app.</summary>
    public Uri PageAddress => new UriBuilder(Uri.UriSchemeHttp, WebAddress.Endpoints[0].Host, WebAddress.Endpoints[0].Port).Uri;

    public string Folder { get; }

    /// <summary>From the start of the process to its ready line.</summary>
    public TimeSpan StartTime { get; }

    public (TimeSpan User, TimeSpan System) ProcessorTimes
    {
        get
        {
            _process.Refresh();
            return (_process.UserProcessorTime, _process.PrivilegedProcessorTime);
        }
    }

    public long ResidentBytes => ProcessMemory.Resident(_process);

    public static RelayProcess Start(string? folder = null, string? web = null)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("secrets-bench-").FullName;
        var program = Path.Combine(AppContext.BaseDirectory, "Secrets.Relay.dll");
        string[] arguments =
        [
            "exec", program, "--data", folder, "--listen", "127.0.0.1:0", "--listen-tcp", "127.0.0.1:0", "--reserve", "0",
            "--rate-per-connection", "1000000", "--rate-per-network", "1000000", "--rate", "1000000", "--waiting-reads-per-connection", "100000",
            .. web is null ? Array.Empty<string>() : ["--web", web],
        ];
        var clock = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        const string Ready = "relay ready at ";
        string line;
        do
            line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The relay did not start.");
        while (!line.StartsWith(Ready, StringComparison.Ordinal));
        clock.Stop();
        if (!MultiserverAddress.TryParse(line[Ready.Length..], out var address))
            throw new InvalidOperationException("The relay's line is no address.");
        return new RelayProcess(process, address, folder, ownsFolder, clock.Elapsed);
    }

    public void Dispose()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30)))
            _process.Kill();
        _process.Dispose();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
