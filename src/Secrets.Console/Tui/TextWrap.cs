using System.Text;

namespace Secrets.Console.Tui;

/// <summary>Breaks text into lines of a width: between words where it can, inside a word where it must.</summary>
internal static class TextWrap
{
    private const int TabSize = 4;

    public static List<string> Lines(string text, int columns)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Replace("\t", new string(' ', TabSize), StringComparison.Ordinal).Split('\n'))
            Paragraph(paragraph, Math.Max(1, columns), lines);
        return lines;
    }

    private static void Paragraph(string text, int columns, List<string> lines)
    {
        var start = 0;
        while (true)
        {
            var (end, next) = Break(text, start, columns);
            lines.Add(text[start..end]);
            if (next >= text.Length)
                return;
            start = next;
        }
    }

    /// <summary>Where the line that begins at <paramref name="start"/> ends, and where the next one begins.</summary>
    private static (int End, int Next) Break(string text, int start, int columns)
    {
        var width = 0;
        var space = -1;
        var at = start;
        while (at < text.Length)
        {
            var rune = RuneAt(text, at);
            width += TextWidth.Of(rune);
            if (rune.Value == ' ')
                space = at;
            if (width > columns)
                return space > start ? (space, space + 1) : (Math.Max(at, start + rune.Utf16SequenceLength), Math.Max(at, start + rune.Utf16SequenceLength));
            at += rune.Utf16SequenceLength;
        }
        return (text.Length, text.Length);
    }

    private static Rune RuneAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;
}
