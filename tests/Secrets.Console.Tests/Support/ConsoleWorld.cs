using System.Diagnostics;
using System.Net;
using System.Text;
using Secrets.Crypto;
using Secrets.Relay;

namespace Secrets.Console.Tests.Support;

/// <summary>A folder, a running relay, and the real program run in them as its own process.</summary>
internal sealed class ConsoleWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private RelayOptions? _options;
    private RelayHost? _relay;

    private ConsoleWorld(string folder) => Folder = folder;

    public string Folder { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>True if the program hashes passwords at the cost that people pay. Stores of the one can't be opened with the other.</summary>
    public bool AtFullCost { get; init; }

    /// <summary>The relay's address with its key.</summary>
    public string RelayAddress => _relay!.Address.ToString();

    public static async Task<ConsoleWorld> StartAsync(bool withRelay = true, bool atFullCost = false)
    {
        var name = new byte[8];
        RandomSource.System.Fill(name);
        var world = new ConsoleWorld(Path.Combine(Path.GetTempPath(), "secrets-console-" + Convert.ToHexStringLower(name))) { AtFullCost = atFullCost };
        _ = Directory.CreateDirectory(world.Folder);
        // nothing of the person who runs the tests is touched, and no relay of theirs asked
        world.Variables["XDG_DATA_HOME"] = world["data"];
        world.Variables["HOME"] = world.Folder;
        world.Variables["SECRETS_RELAY"] = "http://127.0.0.1:1";
        if (withRelay)
            await world.StartRelayAsync();
        return world;
    }

    public string this[string name] => Path.Combine(Folder, name);

    public async Task StartRelayAsync()
    {
        _options ??= new RelayOptions
        {
            DataFolder = this["relay"],
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ListenTcp = null,
            ReserveBytes = 0,
        };
        _relay = await RelayHost.StartAsync(_options, CancellationToken.None);
        _options = _options with { Listen = _relay.LocalEndpoint };
        Variables["SECRETS_RELAY"] = $"http://{_relay.LocalEndpoint}";
    }

    public async Task StopRelayAsync()
    {
        if (_relay is not null)
            await _relay.DisposeAsync();
        _relay = null;
    }

    /// <summary>Runs the program to its end; every line of input is one line on standard input.</summary>
    public Task<ConsoleRun> RunAsync(IReadOnlyList<string> arguments, params string[] input) =>
        RunAsync(Start(arguments), string.Concat(input.Select(line => line + "\n")));

    /// <summary>Runs a line as it is typed, words split at blanks, quotes kept together.</summary>
    public Task<ConsoleRun> TypeAsync(string line, params string[] input) => RunAsync(Words.Of(line), input);

    public ProcessStartInfo Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet");
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        Prepare(start);
        PrepareProgram(start);
        return start;
    }

    /// <summary>What the program gets besides, and no other program: without it, passwords cost what they do.</summary>
    public void PrepareProgram(ProcessStartInfo start)
    {
        if (!AtFullCost)
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "Secrets.Console.dll");

    public void Prepare(ProcessStartInfo start)
    {
        start.WorkingDirectory = Folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _ = start.Environment.Remove("SECRETS_STORE");
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
    }

    public static async Task<ConsoleRun> RunAsync(ProcessStartInfo start, string input)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading
        }
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', start.ArgumentList.Skip(1))} did not end.\n{await output}\n{await error}");
        }
        return new ConsoleRun(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        await StopRelayAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
