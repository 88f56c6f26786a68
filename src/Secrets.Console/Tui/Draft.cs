using System.Globalization;
using System.Text;

namespace Secrets.Console.Tui;

/// <summary>A text that is being written, and the place in it where the next character goes.</summary>
internal sealed class Draft
{
    public string Text { get; private set; } = "";

    /// <summary>Between 0 and the text's length, never inside a character.</summary>
    public int Cursor { get; private set; }

    public bool IsEmpty => Text.Length == 0;

    public void Set(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    /// <summary>Inserts what was typed or pasted; line breaks in one form, nothing that a terminal would take as a command.</summary>
    public void Insert(string typed)
    {
        var clean = new StringBuilder(typed.Length);
        foreach (var rune in typed.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').EnumerateRunes())
        {
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
                _ = clean.Append(rune.ToString());
        }
        Text = Text.Insert(Cursor, clean.ToString());
        Cursor += clean.Length;
    }

    public void Backspace()
    {
        var from = Before(Cursor);
        Text = Text.Remove(from, Cursor - from);
        Cursor = from;
    }

    public void Delete() => Text = Text.Remove(Cursor, After(Cursor) - Cursor);

    public void DeleteWord()
    {
        var from = Cursor;
        while (from > 0 && char.IsWhiteSpace(Text[from - 1]))
            from--;
        while (from > 0 && !char.IsWhiteSpace(Text[from - 1]))
            from--;
        Text = Text.Remove(from, Cursor - from);
        Cursor = from;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void Home() => Cursor = Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    public void End() => Cursor = Text.IndexOf('\n', Cursor) is var end and >= 0 ? end : Text.Length;

    /// <summary>Takes the key if it edits text.</summary>
    public bool Take(TuiKey key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text:
                Insert(key.Text);
                return true;
            case KeyKind.Backspace:
                Backspace();
                return true;
            case KeyKind.Delete:
                Delete();
                return true;
            case KeyKind.DeleteWord:
                DeleteWord();
                return true;
            case KeyKind.DeleteAll:
                Set("");
                return true;
            case KeyKind.Left:
                Left();
                return true;
            case KeyKind.Right:
                Right();
                return true;
            case KeyKind.Home:
                Home();
                return true;
            case KeyKind.End:
                End();
                return true;
            default:
                return false;
        }
    }

    /// <summary>The text in rows of a width, and where in them the cursor is.</summary>
    public (IReadOnlyList<string> Rows, int X, int Y) Layout(int columns)
    {
        columns = Math.Max(2, columns);
        var rows = new List<string>();
        var row = new StringBuilder();
        int width = 0, x = 0, y = 0, at = 0, previous = 0;
        foreach (var rune in Text.EnumerateRunes())
        {
            var hidden = TextWidth.IsUnsteady(rune, previous);
            var size = hidden ? 0 : rune.Value == '\t' ? 1 : TextWidth.Of(rune);
            previous = hidden ? previous : rune.Value;
            if (width + size > columns - 1 && rune.Value != '\n') // the last column stays free for the cursor
            {
                rows.Add(row.ToString());
                _ = row.Clear();
                width = 0;
            }
            if (at == Cursor)
                (x, y) = (width, rows.Count);
            if (rune.Value == '\n')
            {
                rows.Add(row.ToString());
                _ = row.Clear();
                width = 0;
            }
            else if (!hidden)
            {
                _ = row.Append(rune.Value == '\t' ? " " : rune.ToString());
                width += size;
            }
            at += rune.Utf16SequenceLength;
        }
        if (Cursor == Text.Length)
            (x, y) = (width, rows.Count);
        rows.Add(row.ToString());
        return (rows, x, y);
    }

    private int After(int at) => at >= Text.Length ? Text.Length : at + StringInfo.GetNextTextElementLength(Text, at);

    private int Before(int at)
    {
        var previous = 0;
        for (var next = 0; next < at; next += StringInfo.GetNextTextElementLength(Text, next))
            previous = next;
        return previous;
    }
}
