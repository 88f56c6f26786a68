using Secrets.Client.Views;
using Secrets.Console.Cli;

namespace Secrets.Console.Tui;

/// <summary>Draws a state: the same state and size give the same lines.</summary>
internal static partial class TuiDrawing
{
    private const int LeastWidth = 20;
    private const int LeastHeight = 8;
    private const int MostDraftRows = 5;
    private const int FooterRows = 2; // status and keys
    private const string Mark = "● ";

    public static Canvas Draw(TuiState state)
    {
        var canvas = new Canvas(Math.Max(1, state.Width), Math.Max(1, state.Height));
        if (state.Width < LeastWidth || state.Height < LeastHeight)
        {
            _ = canvas.Put(0, 0, "Too small.");
            return canvas;
        }
        if (state.Question is { } question)
            DrawQuestion(canvas, state, question);
        else if (state.Panel is { } panel)
            DrawPanel(canvas, state, panel);
        else
            DrawChats(canvas, state);
        DrawFooter(canvas, state);
        return canvas;
    }

    /// <summary>Columns of the list, and of the line beside it.</summary>
    private static int ListWidth(TuiState state) => state.IsWide ? Math.Clamp(state.Width * 3 / 10, 20, 32) : 0;

    public static int ChatWidth(TuiState state) => state.IsWide ? state.Width - ListWidth(state) - 1 : state.Width;

    /// <summary>Rows that messages have.</summary>
    public static int ChatRows(TuiState state) => state.Height - FooterRows - 2 - DraftRows(state); // the chat's name, the rule above the draft

    private static int DraftRows(TuiState state) =>
        state.Chosen is { } chat ? Math.Min(Math.Min(MostDraftRows, state.Height / 4), state.RoomOf(chat.Id).Draft.Layout(DraftWidth(state)).Rows.Count) : 1;

    private static int DraftWidth(TuiState state) => ChatWidth(state) - 3; // "> " before it

    private static void DrawChats(Canvas canvas, TuiState state)
    {
        if (state.Chats.Count == 0)
        {
            DrawNoChats(canvas, state);
            return;
        }
        if (!state.IsWide && state.ListShown)
        {
            DrawList(canvas, state, canvas.Width);
            return;
        }
        if (state.IsWide)
        {
            var width = ListWidth(state);
            DrawList(canvas, state, width);
            for (var y = 0; y < canvas.Height - FooterRows; y++)
                _ = canvas.Put(width, y, "│", TuiStyle.Dim);
        }
        if (state.Chosen is { } chat)
            DrawChat(canvas, state, chat, canvas.Width - ChatWidth(state));
    }

    private static void DrawNoChats(Canvas canvas, TuiState state)
    {
        _ = canvas.Put(1, 0, TextWidth.Steady(Output.Name(state.IdentityName)), TuiStyle.Bold);
        if (!state.ChatsLoaded)
            return;
        string[] words =
        [
            "No chats yet.",
            "",
            "Ctrl-T makes a chat, and your secret for it: hand that to one person.",
            "Ctrl-A enters a secret that somebody gave you.",
        ];
        var y = 2;
        foreach (var line in words.SelectMany(w => TextWrap.Lines(w, canvas.Width - 4)))
            _ = canvas.Put(2, y++, line);
    }

    private static void DrawList(Canvas canvas, TuiState state, int width)
    {
        _ = canvas.Put(1, 0, TextWidth.Fit(TextWidth.Steady(Output.Name(state.IdentityName)), width - 2), TuiStyle.Bold, width);
        var rows = canvas.Height - FooterRows - 2;
        var chosen = state.Chats.FindIndex(c => c.Id == state.ChosenId);
        var first = Math.Max(0, chosen - rows + 1);
        for (var i = first; i < state.Chats.Count && i - first < rows; i++)
        {
            var chat = state.Chats[i];
            var y = i - first + 2;
            var unread = chat.Unread > 0 ? Mark + (chat.Unread > 99 ? "99+" : chat.Unread.ToString(System.Globalization.CultureInfo.InvariantCulture)) : "";
            var end = width - 1 - (unread.Length > 0 ? unread.Length + 1 : 0);
            // a muted chat says how much there is, and calls for nobody
            var style = chat.Muted ? TuiStyle.Dim : chat.Unread > 0 ? TuiStyle.Bold : TuiStyle.Plain;
            _ = canvas.Put(0, y, i == chosen ? "› " : "  ", TuiStyle.Bold, width);
            _ = canvas.Put(2, y, TextWidth.Fit(ChatLines.NameOf(chat), end - 2), style, end);
            _ = canvas.Put(width - 1 - unread.Length, y, unread, chat.Muted ? TuiStyle.Dim : TuiStyle.Bold | TuiStyle.Accent, width);
            if (i == chosen)
                canvas.Paint(0, y, width, TuiStyle.Reverse);
        }
    }

    private static void DrawChat(Canvas canvas, TuiState state, ChatView chat, int x)
    {
        var width = canvas.Width - x;
        var stage = chat.Stage == ChatStage.Open ? "" : Sentences.Of(chat.Stage);
        var name = TextWidth.Fit(ChatLines.NameOf(chat), width - 2);
        var after = canvas.Put(x + 1, 0, name, TuiStyle.Bold);
        if (stage.Length > 0 && canvas.Width - after > 4)
            _ = canvas.Put(after + 2, 0, TextWidth.Fit(stage, canvas.Width - after - 3), TuiStyle.Dim);
        var room = state.RoomOf(chat.Id);
        var rows = ChatRows(state);
        var lines = ChatLines.Last(state, chat, width, room.Scroll + rows);
        if (room.IsLoaded && lines.Count == 0)
            DrawEmptyChat(canvas, chat, x);
        var shown = lines.SkipLast(room.Scroll).TakeLast(rows).ToArray();
        for (var i = 0; i < shown.Length; i++)
            DrawLine(canvas, x, 1 + i, width, shown[i]);
        DrawDraft(canvas, state, room, x);
    }

    private static void DrawEmptyChat(Canvas canvas, ChatView chat, int x)
    {
        var words = chat.Stage switch
        {
            ChatStage.WaitingForGuest => "Nobody has joined yet. Ctrl-S shows your secret for this chat: hand it to one person. What you say now waits, and goes first.",
            ChatStage.Joining => "The relay of this secret was not reached yet. The chat starts as soon as it is.",
            ChatStage.Joined or ChatStage.Open => "Nothing was said yet.",
            ChatStage.SecretFailed => "The secret is no longer valid. Ask for a new one.",
            ChatStage.Returning => "This chat is finding its way back. Once the other side was online, it goes on.",
            ChatStage.NeedsNewSecret => "This chat can't come back by itself. Make a new one, and hand over its secret.",
            ChatStage.Stopped => Sentences.Of(ChatNotice.CopyInUse, ""),
            ChatStage.Left => "You left this chat.",
            ChatStage.Retired => "This identity was moved. What was said here can be read, and nothing more.",
        };
        var y = 2;
        foreach (var line in TextWrap.Lines(words, canvas.Width - x - 4))
            _ = canvas.Put(x + 2, y++, line, TuiStyle.Dim);
    }

    private static void DrawLine(Canvas canvas, int x, int y, int width, ChatLine line)
    {
        if (line.Centred)
        {
            _ = canvas.Put(x + Math.Max(1, (width - TextWidth.Of(line.Text)) / 2), y, line.Text, line.Style);
            return;
        }
        x = canvas.Put(x, y, line.Lead, TuiStyle.Dim);
        x = canvas.Put(x, y, line.Text, line.Style);
        _ = canvas.Put(x, y, line.Tail, TuiStyle.Dim);
    }

    private static void DrawDraft(Canvas canvas, TuiState state, ChatRoom room, int x)
    {
        var (rows, cursorX, cursorY) = room.Draft.Layout(DraftWidth(state));
        var count = DraftRows(state);
        var top = canvas.Height - FooterRows - count;
        _ = canvas.Put(x, top - 1, new string('─', canvas.Width - x), TuiStyle.Dim);
        if (state.IsWide)
            _ = canvas.Put(x - 1, top - 1, "├", TuiStyle.Dim);
        if (room.Scroll > 0)
            _ = canvas.Put(canvas.Width - 19, top - 1, " more below: PgDn ", TuiStyle.Bold);
        var first = Math.Max(0, cursorY - count + 1);
        for (var i = 0; i < count; i++)
        {
            _ = canvas.Put(x + 1, top + i, i + first == 0 ? ">" : " ", TuiStyle.Bold);
            _ = canvas.Put(x + 3, top + i, rows[first + i]);
        }
        canvas.Cursor = (x + 3 + cursorX, top + cursorY - first);
    }
}
