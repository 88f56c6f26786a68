using Secrets.Client.Views;
using Secrets.Console.Cli;

namespace Secrets.Console.Tui;

/// <summary>Questions, pages and the two rows at the bottom.</summary>
internal static partial class TuiDrawing
{
    private static readonly (string Key, string Word)[] ChatKeys =
    [
        ("F1", "help"), ("^Q", "leave"), ("^N ^P", "chat"), ("^A", "enter secret"), ("^S", "your secret"), ("^V", "number"), ("^T", "new chat"), ("^R", "rename"),
    ];

    private static readonly (string Key, string Word)[] ListKeys = [("Enter", "open"), ("F1", "help"), ("^Q", "leave"), ("^A", "enter secret"), ("^T", "new chat")];
    private static readonly (string Key, string Word)[] NarrowKeys = [("Esc", "chats"), ("F1", "help"), ("^Q", "leave"), ("^S", "secret"), ("^V", "number")];
    private static readonly (string Key, string Word)[] QuestionKeys = [("Enter", "go on"), ("Esc", "back")];
    private static readonly (string Key, string Word)[] YesKeys = [("y", "yes"), ("n", "no"), ("Esc", "back")];
    private static readonly (string Key, string Word)[] PanelKeys = [("Esc", "back"), ("Up Down PgUp PgDn", "scroll")];
    private static readonly (string Key, string Word)[] QrKeys = [("Esc", "back"), ("i", "invert the code"), ("PgUp PgDn", "scroll")];

    /// <summary>Rows that a page has below its title.</summary>
    public static int PanelRows(TuiState state) => state.Height - 2; // the title, the keys

    /// <summary>All lines of a page, with the QR code where it has one.</summary>
    public static IReadOnlyList<(string Text, TuiStyle Style)> PanelLines(TuiState state, Panel panel)
    {
        var lines = panel.Paragraphs.SelectMany(p => TextWrap.Lines(p, state.Width - 4)).Select(l => (l, TuiStyle.Plain)).ToList();
        if (panel.QrContent.Length == 0)
            return lines;
        var code = QrDrawing.Lines(panel.QrContent, inverted: state.HasColour != panel.QrInverted);
        if (code[0].Length > state.Width - 2)
            lines.Add(($"For the QR code the window wants {code[0].Length + 2} columns.", TuiStyle.Dim));
        else
            lines.AddRange(code.Select(l => (l, TuiStyle.Paper)));
        return lines;
    }

    private static void DrawPanel(Canvas canvas, TuiState state, Panel panel)
    {
        _ = canvas.Put(1, 0, TextWidth.Fit(panel.Title, canvas.Width - 2), TuiStyle.Bold);
        var lines = PanelLines(state, panel);
        var rows = PanelRows(state);
        for (var i = 0; i < rows && i + panel.Scroll < lines.Count; i++)
            _ = canvas.Put(2, 1 + i, lines[i + panel.Scroll].Text, lines[i + panel.Scroll].Style);
        if (lines.Count - panel.Scroll > rows)
            _ = canvas.Put(canvas.Width - 11, 0, "more below", TuiStyle.Bold);
    }

    private static void DrawQuestion(Canvas canvas, TuiState state, Question question)
    {
        _ = canvas.Put(1, 0, TextWidth.Fit(question.Title, canvas.Width - 2), TuiStyle.Bold);
        var y = 2;
        // on a very small window the explanation gives way to the answer
        foreach (var line in TextWrap.Lines(question.Explanation, canvas.Width - 4).Take(canvas.Height - FooterRows - 4))
            _ = canvas.Put(2, y++, line);
        if (question.IsYesOrNo)
            return;
        y++;
        var (rows, cursorX, cursorY) = question.Answer.Layout(canvas.Width - 5);
        var count = Math.Max(1, Math.Min(rows.Count, canvas.Height - FooterRows - y));
        var first = Math.Max(0, cursorY - count + 1);
        for (var i = 0; i < count && first + i < rows.Count; i++)
        {
            _ = canvas.Put(2, y + i, i + first == 0 ? ">" : " ", TuiStyle.Bold);
            _ = canvas.Put(4, y + i, rows[first + i]);
        }
        canvas.Cursor = (4 + cursorX, y + cursorY - first);
    }

    private static void DrawFooter(Canvas canvas, TuiState state)
    {
        var y = canvas.Height - FooterRows;
        if (state.Sentence.Length > 0)
            DrawSentence(canvas, state, y);
        else if (state.Panel is null && state.Question is null)
            DrawStatus(canvas, state, y);
        var x = 1;
        foreach (var (key, word) in KeysOf(state))
        {
            if (x + key.Length + 1 + word.Length > canvas.Width - 1)
                break;
            x = canvas.Put(x, y + 1, key, TuiStyle.Bold);
            x = canvas.Put(x + 1, y + 1, word, TuiStyle.Dim) + 2;
        }
    }

    /// <summary>What is said about the last step; a long one covers rows above it until the next key.</summary>
    private static void DrawSentence(Canvas canvas, TuiState state, int y)
    {
        var rows = TextWrap.Lines(state.Sentence, canvas.Width - 2);
        var style = state.SentenceIsBad ? TuiStyle.Bad | TuiStyle.Bold : TuiStyle.Plain;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = y - rows.Count + 1 + i;
            _ = canvas.Put(0, row, new string(' ', canvas.Width));
            _ = canvas.Put(1, row, rows[i], style);
        }
        if (rows.Count > 1)
            canvas.Cursor = null;
    }

    private static void DrawStatus(Canvas canvas, TuiState state, int y)
    {
        var connected = state.Relays.Values.Count(c => c);
        var (words, style) = (state.Relays.Count, connected) switch
        {
            (0, _) => ("No relay yet: secrets relays add", TuiStyle.Bad),
            (_, 0) => (canvas.Width < TuiState.WideFrom ? "Relay not reached" : "Relay not reached; what you say is kept", TuiStyle.Bad),
            (1, _) => ("Relay connected", TuiStyle.Dim),
            var (all, some) => ($"{some} of {all} relays connected", TuiStyle.Dim),
        };
        var after = canvas.Put(1, y, words, style);
        if (state.Chosen is not { } chat || !state.IsChatShown)
            return;
        var verification = chat.SecretInSeveralHands ? "secret in several hands" : Sentences.Of(chat.Verification);
        var shown = TextWidth.Fit(verification, canvas.Width - after - 3);
        var good = chat.Verification == Verification.Verified && !chat.SecretInSeveralHands;
        _ = canvas.Put(canvas.Width - 1 - TextWidth.Of(shown), y, shown, good ? TuiStyle.Good : chat.SecretInSeveralHands ? TuiStyle.Bad | TuiStyle.Bold : TuiStyle.Dim);
    }

    private static (string Key, string Word)[] KeysOf(TuiState state)
    {
        if (state.Question is { } question)
            return question.IsYesOrNo ? YesKeys : QuestionKeys;
        if (state.Panel is { } panel)
            return panel.QrContent.Length > 0 ? QrKeys : PanelKeys;
        if (state.IsWide)
            return ChatKeys;
        return state.ListShown ? ListKeys : NarrowKeys;
    }
}
