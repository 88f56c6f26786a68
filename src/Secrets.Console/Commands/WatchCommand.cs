using System.CommandLine;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Console.Cli;

namespace Secrets.Console.Commands;

/// <summary><c>watch</c>: everything that happens.</summary>
internal static class WatchCommand
{
    private static readonly Option<bool> Bell = Verb.Flag("--bell", "Ring the terminal's bell for each message that comes, but not for muted chats.");

    public static Command Create() => Verb.Create("watch", "Stay connected and show everything that happens in all chats, until Ctrl-C.", RunAsync, Bell);

    private static async Task<int> RunAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var rings = parsed.GetValue(Bell);
        await foreach (var happened in client.ListenAsync(cancellationToken).ConfigureAwait(false))
        {
            workplace.Output.Event(happened);
            if (rings && Rings(happened))
                await workplace.Terminal.Error.WriteAsync('\a').ConfigureAwait(false);
        }
        return ExitCode.Done;
    }

    internal static bool Rings(ClientEvent happened) =>
        happened is { Kind: ClientEventKind.MessageAdded, Message: { Own: false, Kind: not MessageKind.Notice }, Chat.Muted: false };
}
