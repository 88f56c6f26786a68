using System.CommandLine;
using Secrets.Console.Cli;
using Secrets.Protocol.Chats;

namespace Secrets.Console.Commands;

/// <summary><c>send</c>: says something.</summary>
internal static class SendCommand
{
    private static readonly Argument<string> Chat = Verb.Text("CHAT", "The chat's name, or how it begins.");
    private static readonly Argument<string?> Text = new("TEXT") { Description = "What to say; without it standard input is read to its end.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create() => Verb.Create(
        "send",
        "Say something. It is kept at once and goes to the relay; with no relay in reach it goes out with the next command (exit code 3).",
        RunAsync,
        Chat,
        Text);

    private static async Task<int> RunAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        var text = parsed.GetValue(Text) ?? workplace.Terminal.ReadRest("Write, and end with Ctrl-D:");
        var said = await client.SendAsync(chat.Id, text, cancellationToken).ConfigureAwait(false);
        var reached = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        var now = (await client.GetMessagesAsync(chat.Id, null, cancellationToken).ConfigureAwait(false)).First(m => m.Id == said.Id);
        workplace.Output.Message(chat, now);
        if (!reached)
            throw new RefusedException(Sentences.NotReached, ExitCode.NotReached);
        if (now.State == DeliveryState.Waiting)
            workplace.Output.Say(workplace.Terminal.Dim("Nobody has joined yet: it goes first when they do."));
        return ExitCode.Done;
    }
}
