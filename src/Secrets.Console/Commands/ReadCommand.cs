using System.CommandLine;
using System.Globalization;
using Secrets.Client.Events;
using Secrets.Console.Cli;

namespace Secrets.Console.Commands;

/// <summary><c>read</c>: shows a chat.</summary>
internal static class ReadCommand
{
    private static readonly Argument<string> Chat = Verb.Text("CHAT", "The chat's name, or how it begins.");
    private static readonly Option<bool> Follow = Verb.Flag("--follow", "Wait for more, until Ctrl-C.");
    private static readonly Option<string?> Since = new("--since") { Description = "Only what arrived since: a time (2030-01-31, 2030-01-31T12:00) or a while ago (10m, 2h, 3d).", HelpName = "TIME" };

    public static Command Create() => Verb.Create("read", "Fetch and show what was said in a chat.", RunAsync, Chat, Follow, Since);

    private static async Task<int> RunAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var since = SinceOf(parsed.GetValue(Since));
        var follow = parsed.GetValue(Follow);
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        var chat = await client.FindChatAsync(parsed.GetValue(Chat)!, cancellationToken).ConfigureAwait(false);
        var reached = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        var events = client.ListenAsync(cancellationToken);
        var last = 0L;
        chat = await client.GetChatAsync(chat.Id, cancellationToken).ConfigureAwait(false);
        foreach (var message in await client.GetMessagesAsync(chat.Id, since, cancellationToken).ConfigureAwait(false))
        {
            workplace.Output.Message(chat, message);
            last = message.Position;
        }
        await client.MarkReadAsync(chat.Id, cancellationToken).ConfigureAwait(false);
        if (!reached)
            await workplace.Terminal.Error.WriteLineAsync(follow ? Sentences.NotReachedYet + " Trying again…" : Sentences.NotReachedYet).ConfigureAwait(false);
        if (!follow)
            return reached ? ExitCode.Done : ExitCode.NotReached;
        await client.AttendAsync(chat.Id, cancellationToken).ConfigureAwait(false);
        await foreach (var happened in events.ConfigureAwait(false))
        {
            if (happened.Kind != ClientEventKind.MessageAdded || happened.Message is not { } message || message.Chat != chat.Id || message.Position <= last)
                continue;
            last = message.Position;
            workplace.Output.Message(happened.Chat!, message);
            await client.MarkReadAsync(chat.Id, cancellationToken).ConfigureAwait(false);
        }
        return ExitCode.Done;
    }

    /// <summary>Reads a time or a while ago.</summary>
    internal static DateTimeOffset? SinceOf(string? text)
    {
        if (text is null)
            return null;
        var now = TimeProvider.System.GetUtcNow();
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            switch (text[^1])
            {
                case 'm':
                    return now - TimeSpan.FromMinutes(count);
                case 'h':
                    return now - TimeSpan.FromHours(count);
                case 'd':
                    return now - TimeSpan.FromDays(Math.Min(count, 36_500));
            }
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? time
            : throw new RefusedException("--since takes a time like 2030-01-31T12:00 or a while like 2h.", ExitCode.Usage);
    }
}
