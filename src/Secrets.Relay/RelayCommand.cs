using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Console;
using Secrets.Crypto;
using Secrets.Relay.Boxes;
using Secrets.Relay.Configuration;

namespace Secrets.Relay;

/// <summary>The program: reads options, runs a relay until a signal, says what goes wrong in one line.</summary>
internal static class RelayCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private const string Help = """
        The relay: keeps boxes for others, and can read none of them

        Usage: secrets relay [OPTION VALUE]...
               Secrets.Relay [OPTION VALUE]...      where only the relay is installed

          --listen ADDRESS:PORT       HTTP and WebSocket here (127.0.0.1:7400); none: not at all
          --listen-tcp ADDRESS:PORT   TCP here (127.0.0.1:7401); none: not at all
          --announce ADDRESS          what clients are told, as wss://relay.example or net:relay.example:7401; several: with commas
          --certificate PEM           certificate chain for TLS 1.3; without it there is no TLS
          --key PEM                   the certificate's private key, if it is not in the same file
          --data DIR                  data folder: identity key and boxes ($XDG_DATA_HOME/secrets/relay)
          --config FILE               the same options in a JSON file: {"listen": "0.0.0.0:7400", "keep-days": 21}

          --web FOLDER                serve the built web app in this folder; none: don't
          --keep-days DAYS            how long a box is kept (21)
          --quota BYTES               room for boxes, as 20G; 0: as far as the disk goes
          --reserve BYTES             left free on the disk (128M)
          --writers HASHES            closes the relay: only who has a pass with one of these hashes may write
          --make-pass                 prints a new pass and its hash, and ends
          --turn URLS                 the TURN server for calls, as turn:relay.example:3478?transport=udp; several: with commas
          --turn-secret FILE          file with the secret that this server and the relay share (coturn: static-auth-secret)
          --metrics WHO               who may read /metrics: loopback, all, off

          --max-connections N                  at once, pages and WebSockets included (16384)
          --max-connections-per-network N      at once of one /24 or /56 (512)
          --max-http-connections N             at once that fetch pages or are idle, and are no WebSocket (4096)
          --rate-per-connection N[/BURST]      cells a second (200/2000)
          --rate-per-network N[/BURST]         cells a second of one /24 or /56 (1000/10000)
          --rate N[/BURST]                     cells a second of all together (20000/40000)
          --waiting-reads-per-connection N     a large one counts as 16 (512)
          --waiting-reads N                    of all together (262144)
          --rooms N|none                       rooms at once, in memory alone (1000)
          --rooms-per-connection N             (8)
          --room-participants N                most people in a room (200)
          --room-rate N[/BURST]                frames a second of a room (100/200)
          --room-rate-per-participant N[/BURST]  (10/40)
          --room-attempts-per-network N        attempts to enter in a minute (60)
          --room-attempts N                    of one room (240)

          --version, --help

        Every option is also an environment variable, as SECRETS_RELAY_LISTEN_TCP. Flags go before the environment, that before the file.
        It prints one line when it is ready, and stops on Ctrl-C or SIGTERM.
        """;

    /// <summary>Runs until a signal or the token ends it; the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        switch (arguments)
        {
            case ["--help" or "-h", ..]:
                await output.WriteLineAsync(Help).ConfigureAwait(false);
                return Done;
            case ["--version"]:
                await output.WriteLineAsync($"secrets-relay {Version}").ConfigureAwait(false);
                return Done;
            case ["--make-pass"]:
                var (pass, hash) = PassList.Generate(RandomSource.System);
                await output.WriteLineAsync($"pass {pass}\nhash {hash}").ConfigureAwait(false);
                return Done;
        }
        var options = RelayArguments.TryRead(arguments, Environment.GetEnvironmentVariable, out var mistake);
        if (options is not null)
            return await RunAsync(options, output, error, cancellationToken).ConfigureAwait(false);
        await error.WriteLineAsync(mistake).ConfigureAwait(false);
        return WrongUsage;
    }

    private static string Version => typeof(RelayCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static async Task<int> RunAsync(RelayOptions options, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            _ = stop.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var cancelled = cancellationToken.Register(() => _ = stop.TrySetResult());
        try
        {
            var host = await RelayHost.StartAsync(options, ConfigureLogging, cancellationToken).ConfigureAwait(false);
            await using var closing = host.ConfigureAwait(false);
            if (host.WebAddress is { } web)
                await output.WriteLineAsync($"web app at {web}").ConfigureAwait(false);
            await output.WriteLineAsync($"relay ready at {host.Address}").ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            await stop.Task.ConfigureAwait(false);
        }
        catch (RelayException e)
        {
            await error.WriteLineAsync($"the relay can't start: {e.Message}").ConfigureAwait(false);
            return e.Code is RelayErrorCode.BadOption ? WrongUsage : Failed;
        }
        return Done;
    }

    // our own events only: what the server's parts would log names connections and paths
    internal static void ConfigureLogging(ILoggingBuilder logging)
    {
        _ = logging.SetMinimumLevel(LogLevel.None);
        _ = logging.AddFilter("Secrets.Relay", LogLevel.Warning);
        _ = logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        _ = logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
