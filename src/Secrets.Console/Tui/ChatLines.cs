using System.Globalization;
using Secrets.Client.Views;
using Secrets.Console.Cli;
using Secrets.Protocol.Chats;

namespace Secrets.Console.Tui;

/// <summary>Makes lines of messages: days, authors, times, states, the unread line.</summary>
internal static class ChatLines
{
    private const string Lead = "       "; // as wide as " 12:34 "
    private static readonly TimeSpan OneBreath = TimeSpan.FromMinutes(10);

    /// <summary>The last lines of a chat, oldest first: at least as many as are wanted, if there are so many.</summary>
    public static IReadOnlyList<ChatLine> Last(TuiState state, ChatView chat, int width, int wanted)
    {
        var room = state.RoomOf(chat.Id);
        var blocks = new List<List<ChatLine>>();
        var count = 0;
        for (var i = room.Messages.Count - 1; i >= 0 && count < wanted; i--)
        {
            var block = Of(state, chat, i, width);
            blocks.Add(block);
            count += block.Count;
        }
        blocks.Reverse();
        return [.. blocks.SelectMany(b => b)];
    }

    /// <summary>The lines of one message, with what stands above it.</summary>
    public static List<ChatLine> Of(TuiState state, ChatView chat, int index, int width)
    {
        var room = state.RoomOf(chat.Id);
        var message = room.Messages[index];
        var previous = index > 0 ? room.Messages[index - 1] : null;
        var time = TimeZoneInfo.ConvertTime(message.Time, state.Zone);
        var lines = new List<ChatLine>();
        var apart = previous is null;
        if (previous is null || TimeZoneInfo.ConvertTime(previous.Time, state.Zone).Date != time.Date)
        {
            apart = true;
            if (previous is not null)
                lines.Add(new ChatLine("", "", TuiStyle.Plain));
            lines.Add(new ChatLine("", $"── {time.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)} ──", TuiStyle.Dim, centred: true));
        }
        if (room.UnreadFrom == message.Position)
        {
            apart = true;
            lines.Add(new ChatLine("", "──── new ────", TuiStyle.Accent | TuiStyle.Bold, centred: true));
        }
        if (message.Kind == MessageKind.Notice)
        {
            Notice(lines, chat, message, time, width);
            return lines;
        }
        if (apart || previous!.Kind == MessageKind.Notice || previous.Own != message.Own || message.Time - previous.Time > OneBreath)
        {
            if (!apart)
                lines.Add(new ChatLine("", "", TuiStyle.Plain));
            lines.Add(new ChatLine("", " " + (message.Own ? "you" : TextWidth.Fit(TextWidth.Steady(Output.Name(chat.Participant)), width - 2)), message.Own ? TuiStyle.Bold | TuiStyle.Accent : TuiStyle.Bold));
        }
        Body(lines, message, time, width);
        return lines;
    }

    public static string NameOf(ChatView chat) => TextWidth.Steady(Output.Name(chat.Name));

    private static void Notice(List<ChatLine> lines, ChatView chat, MessageView message, DateTimeOffset time, int width)
    {
        var who = Output.Name(message.Text.Length > 0 ? message.Text : chat.Participant);
        var text = TextWidth.Steady($"{time.ToString("HH:mm", CultureInfo.InvariantCulture)} {Sentences.Of(message.Notice, who)}");
        foreach (var line in TextWrap.Lines(text, width - 4))
            lines.Add(new ChatLine("", line, TuiStyle.Dim, centred: true));
    }

    private static void Body(List<ChatLine> lines, MessageView message, DateTimeOffset time, int width)
    {
        var known = message.Kind == MessageKind.Text;
        var text = known ? TextWidth.Steady(DisplayText.Neutralise(message.Text, DisplayUse.Text)) : "[a message of a kind that this version doesn't know]";
        var style = known ? TuiStyle.Plain : TuiStyle.Dim;
        var lead = time.ToString(" HH:mm ", CultureInfo.InvariantCulture);
        var rows = TextWrap.Lines(text, width - Lead.Length - 1);
        var tail = message.Own ? "  " + StateOf(message.State) : "";
        for (var i = 0; i < rows.Count; i++)
        {
            var last = i == rows.Count - 1;
            var fits = last && TextWidth.Of(rows[i]) + tail.Length < width - Lead.Length;
            lines.Add(new ChatLine(i == 0 ? lead : Lead, rows[i], style, fits ? tail : ""));
            if (last && !fits && tail.Length > 0)
                lines.Add(new ChatLine(Lead, tail.TrimStart(), TuiStyle.Dim));
        }
    }

    private static string StateOf(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "waiting",
        DeliveryState.Sent => "sent",
        DeliveryState.Received => "received",
    };
}
