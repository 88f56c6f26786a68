using System.CommandLine;
using Secrets.Console.Cli;

namespace Secrets.Console.Commands;

/// <summary><c>sync</c>: delivers and fetches, then ends.</summary>
internal static class SyncCommand
{
    public static Command Create() => Verb.Create("sync", "Deliver what waits and fetch what is there, until nothing is left to do; then end.", RunAsync);

    private static async Task<int> RunAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var done = await workplace.TrySyncAsync(client, cancellationToken).ConfigureAwait(false) ?? throw new RefusedException(Sentences.NotReached, ExitCode.NotReached);
        workplace.Output.Object(writer =>
        {
            writer.WriteString("type", "sync");
            writer.WriteNumber("fetched", done.Fetched);
            writer.WriteNumber("waiting", done.Waiting);
            writer.WriteNumber("relays_reached", done.RelaysReached);
            writer.WriteNumber("relays_missed", done.RelaysMissed);
        });
        workplace.Output.Say($"{done.Fetched} new, {done.Waiting} waiting.");
        if (done.RelaysReached == 0)
            throw new RefusedException(Sentences.NotReached, ExitCode.NotReached);
        return ExitCode.Done;
    }
}
