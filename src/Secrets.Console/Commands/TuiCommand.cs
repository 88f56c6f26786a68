using System.CommandLine;
using Secrets.Console.Cli;
using Secrets.Console.Tui;

namespace Secrets.Console.Commands;

/// <summary><c>tui</c>: all chats on one screen.</summary>
internal static class TuiCommand
{
    public static Command Create() => Verb.Create(
        "tui",
        "All chats on one screen: the list at the left, what was said at the right, the keys at the bottom. F1 explains them; Ctrl-Q leaves.",
        RunAsync);

    private static async Task<int> RunAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (System.Console.IsInputRedirected || System.Console.IsOutputRedirected || workplace.Output.IsJson)
            throw new RefusedException("The screen wants a terminal. Without one: secrets read CHAT --follow, secrets send CHAT, secrets watch", ExitCode.Usage);
        if (Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
            throw new RefusedException("This terminal can't draw (TERM is unset or dumb). Without a screen: secrets read CHAT --follow, secrets send CHAT", ExitCode.Usage);
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var identity = await client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        var state = new TuiState { IdentityName = identity.Name, HasColour = workplace.Terminal.HasColour };
        using var output = System.Console.OpenStandardOutput();
        using (var screen = new AnsiScreen(output, workplace.Terminal.HasColour))
        using (var loop = new TuiLoop(client, state, screen))
            await loop.RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
