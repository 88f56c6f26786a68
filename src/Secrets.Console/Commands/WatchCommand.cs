using System.CommandLine;
using Secrets.Console.Cli;

namespace Secrets.Console.Commands;

/// <summary><c>watch</c>: everything that happens.</summary>
internal static class WatchCommand
{
    public static Command Create() => Verb.Create("watch", "Stay connected and show everything that happens in all chats, until Ctrl-C.", RunAsync);

    private static async Task<int> RunAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        await foreach (var happened in client.ListenAsync(cancellationToken).ConfigureAwait(false))
            workplace.Output.Event(happened);
        return ExitCode.Done;
    }
}
