using System.CommandLine;
using Secrets.Client;
using Secrets.Client.Views;
using Secrets.Console.Cli;
using Secrets.Store;

namespace Secrets.Console.Commands;

/// <summary><c>chat</c>: making, joining, verifying, leaving.</summary>
internal static class ChatCommand
{
    private static readonly Argument<string> Chat = Verb.Text("CHAT", "The chat's name, or how it begins.");
    private static readonly Argument<string> NewName = Verb.Text("NAME", "The chat's name, for you alone.");
    private static readonly Option<string> Name = new("--name") { Description = "What you call the other person; the chat has this name until you rename it.", HelpName = "NAME", Required = true };
    private static readonly Option<string?> TheirName = new("--name") { Description = "What you call the other person.", HelpName = "NAME" };
    private static readonly Option<bool> Qr = Verb.Flag("--qr", "Draw the secret as a QR code too.");
    private static readonly Option<bool> Invert = Verb.Flag("--invert", "Draw the QR code for dark letters on a light ground, where there is no colour.");
    private static readonly Option<bool> Renew = Verb.Flag("--new", "Make a new secret; the old one is no longer valid.");
    private static readonly Option<bool> Direct = Verb.Flag("--direct", "You got this secret from the other person directly, not through anybody else.");
    private static readonly Option<bool> AllowRelay = Verb.Flag("--allow-relay", "Use the relays that the secret names though you have not chosen them; they will see your network address.");
    private static readonly Option<int> Days = new("--days") { Description = "How long the secret is good: 1 to 14 days.", HelpName = "N", DefaultValueFactory = _ => 14 };
    private static readonly Option<bool> Yes = Verb.Flag("--yes", "Don't ask.");
    private static readonly Option<string?> Number = new("--number") { Description = "The 60 digits as the other person reads them to you; they must be the same as yours.", HelpName = "DIGITS" };

    public static Command Create() => Verb.Group(
        "chat",
        "Chats: one person each. Make one and hand over your secret for it, or join with a secret that you got.",
        Verb.Create("list", "All chats, the latest first.", ListAsync),
        Verb.Create("create", "Make a chat, and your secret for it. Hand the secret to one person, directly if you can.", CreateAsync, NewName, Qr, Invert, Days),
        Verb.Create("join", "Enter a secret that somebody gave you. It is asked for, or read from standard input, never taken as an argument.", JoinAsync, Name, Direct, AllowRelay),
        Verb.Create("show", "One chat: how far it is, whether it is verified, and the number to compare.", ShowAsync, Chat),
        Verb.Create("secret", "Your secret for a chat, to be handed to one person.", SecretAsync, Chat, Qr, Invert, Days, Renew),
        Verb.Create("add", "Enter the other person's own secret where both of you made one. Got directly, the chat is verified as soon as both of you have entered the other's.", AddAsync, Chat, TheirName, Direct, AllowRelay),
        Verb.Create("verify", "Say that you compared the number with the other person, and that it is the same.", VerifyAsync, Chat, Number),
        Verb.Create("rename", "Give a chat another name, for you alone.", RenameAsync, Chat, NewName),
        Verb.Create("mute", "Make a chat quiet: messages come and are counted, and nothing rings.", (workplace, parsed, stop) => MuteAsync(workplace, parsed, muted: true, stop), Chat),
        Verb.Create("unmute", "Let a chat be heard again.", (workplace, parsed, stop) => MuteAsync(workplace, parsed, muted: false, stop), Chat),
        Verb.Create("leave", "Leave a chat. What was said stays readable here.", LeaveAsync, Chat),
        Verb.Create("delete", "Leave a chat and delete what was said in it, here. The other person keeps theirs.", DeleteAsync, Chat, Yes));

    private static async Task<int> ListAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var chats = await client.GetChatsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var chat in chats)
            workplace.Output.Chat(chat);
        if (chats.Count == 0)
            workplace.Output.Say("No chats yet. Make one: secrets chat create NAME. Or enter a secret: secrets chat join --name NAME");
        return ExitCode.Done;
    }

    private static async Task<int> CreateAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var life = LifeOf(parsed);
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var chat = await client.CreateChatAsync(parsed.GetValue(NewName)!, life, cancellationToken).ConfigureAwait(false);
        _ = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        var secret = await client.GetSecretAsync(chat.Id, life, renew: false, cancellationToken).ConfigureAwait(false);
        return PrintSecret(workplace, chat, secret, parsed);
    }

    private static async Task<int> SecretAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var life = LifeOf(parsed);
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        _ = await client.GetSecretAsync(chat.Id, life, parsed.GetValue(Renew), cancellationToken).ConfigureAwait(false);
        _ = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        var secret = await client.GetSecretAsync(chat.Id, life, renew: false, cancellationToken).ConfigureAwait(false);
        return PrintSecret(workplace, chat, secret, parsed);
    }

    private static int PrintSecret(Workplace workplace, ChatView chat, SecretView secret, ParseResult parsed)
    {
        workplace.Output.Object(writer =>
        {
            writer.WriteString("type", "secret");
            writer.WriteString("chat", chat.Id.Format());
            writer.WriteString("name", chat.Name);
            writer.WriteString("secret", secret.Text);
            writer.WriteString("link", secret.Link);
            writer.WriteString("good_until", secret.GoodUntil);
            writer.WriteBoolean("at_relay", secret.AtRelay);
        });
        workplace.Output.Say($"Your secret for \"{Output.Name(chat.Name)}\". Hand it to one person; whoever has it first is in.");
        workplace.Output.Say("");
        workplace.Output.Say(secret.Text);
        workplace.Output.Say("");
        workplace.Output.Say("As a link: " + secret.Link);
        if (parsed.GetValue(Qr))
            workplace.Output.Say(string.Join(Environment.NewLine, QrLines(workplace.Terminal, secret.QrContent, parsed.GetValue(Invert))));
        workplace.Output.Say($"Good until {secret.GoodUntil.ToLocalTime():yyyy-MM-dd HH:mm}.");
        if (secret.AtRelay)
            return ExitCode.Done;
        workplace.Output.Say("Works once your relay has it: it was not reached yet. It is tried again with every command.");
        return ExitCode.NotReached;
    }

    /// <summary>Black on white where there is colour; else the person says which ground the terminal has.</summary>
    private static IEnumerable<string> QrLines(Terminal terminal, string content, bool inverted) =>
        terminal.HasColour ? QrDrawing.Lines(content, inverted: true).Select(Terminal.OnPaper) : QrDrawing.Lines(content, inverted);

    private static async Task<int> JoinAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var client = await OpenOrMakeAsync(workplace, cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            var secret = workplace.Terminal.ReadLine("Secret: ");
            var chat = await WithOtherRelaysAsync(workplace, parsed, allowed =>
                workplace.WaitAsync("Looking for the chat…", client.JoinChatAsync(secret, parsed.GetValue(Name)!, parsed.GetValue(Direct), allowed, cancellationToken))).ConfigureAwait(false);
            workplace.Output.Object(writer =>
            {
                writer.WriteString("type", "joined");
                writer.WriteString("chat", chat.Id.Format());
                writer.WriteString("name", chat.Name);
                writer.WriteString("stage", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(chat.Stage.ToString()));
            });
            if (chat.Stage == ChatStage.Joining)
                throw new RefusedException("Can't reach the relay of this secret right now. The secret is kept; the chat starts as soon as the relay is reached.", ExitCode.NotReached);
            _ = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
            workplace.Output.Say($"You are in. Say something: secrets send \"{Output.Name(chat.Name)}\" TEXT");
        }
        return ExitCode.Done;
    }

    /// <summary>Does it with the relays that were chosen; where those are not enough, asks whether others may be used.</summary>
    private static async Task<T> WithOtherRelaysAsync<T>(Workplace workplace, ParseResult parsed, Func<bool, Task<T>> enter)
    {
        try
        {
            return await enter(parsed.GetValue(AllowRelay)).ConfigureAwait(false);
        }
        catch (ClientException refused) when (refused.Code == ClientError.RelayNotChosen
            && workplace.Terminal.Ask("This chat lies at a relay that you have not chosen. It will see your network address. Use it?"))
        {
            return await enter(true).ConfigureAwait(false);
        }
    }

    private static async Task<SecretsClient> OpenOrMakeAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        if (await IdentityStore.ExistsAsync(new FileBackend(workplace.Folder), cancellationToken).ConfigureAwait(false)
            || !workplace.Terminal.Ask("There is no identity here yet. Make one now?"))
            return await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        return await IdentityCommand.MakeAsync(workplace, workplace.Terminal.ReadLine("Your name, as others see it: "), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> ShowAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        workplace.Output.ChatDetails(await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false));
        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        var secret = workplace.Terminal.ReadLine("Their secret: ");
        _ = await WithOtherRelaysAsync(workplace, parsed, async allowed =>
        {
            await client.AddSecretAsync(chat.Id, secret, parsed.GetValue(TheirName), parsed.GetValue(Direct), allowed, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        var reached = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        workplace.Output.ChatDetails(await client.GetChatAsync(chat.Id, cancellationToken).ConfigureAwait(false));
        if (!reached)
            throw new RefusedException(Sentences.NotReachedYet + " The secret is kept, and used as soon as it is.", ExitCode.NotReached);
        return ExitCode.Done;
    }

    private static async Task<int> VerifyAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        var typed = parsed.GetValue(Number);
        if (typed is null && chat.SafetyNumber is { } number)
        {
            workplace.Output.ChatDetails(chat);
            if (!workplace.Terminal.Ask($"Does {Output.Name(chat.Name)} see the same number?"))
                throw new RefusedException("Nothing was changed. (Without a terminal give the digits: --number.)");
            typed = number;
        }
        await client.VerifyAsync(chat.Id, typed, cancellationToken).ConfigureAwait(false);
        workplace.Output.Chat(await client.GetChatAsync(chat.Id, cancellationToken).ConfigureAwait(false));
        return ExitCode.Done;
    }

    private static async Task<int> RenameAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        await client.RenameChatAsync(chat.Id, parsed.GetValue(NewName)!, cancellationToken).ConfigureAwait(false);
        workplace.Output.Chat(await client.GetChatAsync(chat.Id, cancellationToken).ConfigureAwait(false));
        return ExitCode.Done;
    }

    private static async Task<int> LeaveAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        await client.LeaveChatAsync(chat.Id, cancellationToken).ConfigureAwait(false);
        var reached = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        workplace.Output.Say("You left. What was said stays readable here.");
        return reached ? ExitCode.Done : ExitCode.NotReached;
    }

    private static async Task<int> MuteAsync(Workplace workplace, ParseResult parsed, bool muted, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        await client.MuteChatAsync(chat.Id, muted, cancellationToken).ConfigureAwait(false);
        workplace.Output.Chat(await client.GetChatAsync(chat.Id, cancellationToken).ConfigureAwait(false));
        return ExitCode.Done;
    }

    private static async Task<int> DeleteAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        if (!parsed.GetValue(Yes) && !workplace.Terminal.Ask($"Leave \"{Output.Name(chat.Name)}\" and delete what was said in it, for good?"))
            throw new RefusedException("Nothing was deleted. (Without a terminal say --yes.)");
        await client.DeleteChatAsync(chat.Id, cancellationToken).ConfigureAwait(false);
        var reached = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        workplace.Output.Say("Deleted. Files that you exported before still have it, and the other person keeps theirs.");
        return reached ? ExitCode.Done : ExitCode.NotReached;
    }

    private static TimeSpan LifeOf(ParseResult parsed) =>
        parsed.GetValue(Days) is var days and >= 1 and <= 14 ? TimeSpan.FromDays(days) : throw new RefusedException("A secret is good for 1 to 14 days.", ExitCode.Usage);
}
