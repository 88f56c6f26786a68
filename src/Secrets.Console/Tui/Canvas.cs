using System.Text;

namespace Secrets.Console.Tui;

/// <summary>A grid of cells to draw on. Nothing that a terminal would take as a command gets into a cell.</summary>
internal sealed class Canvas
{
    /// <summary>The second half of a wide character.</summary>
    private const string Covered = "";

    private const string Blank = " ";

    private readonly string[,] _cells;
    private readonly TuiStyle[,] _styles;

    public Canvas(int width, int height)
    {
        Width = width;
        Height = height;
        _cells = new string[height, width];
        _styles = new TuiStyle[height, width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                _cells[y, x] = Blank;
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Where the person types; null: nowhere.</summary>
    public (int X, int Y)? Cursor { get; set; }

    /// <summary>Draws a text from a cell to the right, at most up to a column; returns the column after it.</summary>
    public int Put(int x, int y, string text, TuiStyle style = TuiStyle.Plain, int end = int.MaxValue)
    {
        end = Math.Min(end, Width);
        if (y < 0 || y >= Height)
            return x;
        var last = -1;
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Rune.IsControl(rune) ? Rune.ReplacementChar : rune;
            var width = TextWidth.Of(shown);
            if (width == 0)
            {
                if (last >= 0)
                    _cells[y, last] += shown.ToString();
                continue;
            }
            if (x + width > end)
                break;
            _cells[y, x] = shown.ToString();
            _styles[y, x] = style;
            if (width == 2)
            {
                _cells[y, x + 1] = Covered;
                _styles[y, x + 1] = style;
            }
            last = x;
            x += width;
        }
        return x;
    }

    /// <summary>Gives a stretch of a row a style, whatever is in it.</summary>
    public void Paint(int x, int y, int end, TuiStyle style)
    {
        for (; x < end; x++)
            _styles[y, x] |= style;
    }

    /// <summary>A row as text alone, without the blanks at its end.</summary>
    public string Text(int y)
    {
        var text = new StringBuilder(Width);
        for (var x = 0; x < Width; x++)
            _ = text.Append(_cells[y, x]);
        return text.ToString().TrimEnd(' ');
    }

    /// <summary>A row as it is sent to a terminal whose cursor is in its first column.</summary>
    public string Render(int y, bool colour)
    {
        var end = Width;
        while (end > 0 && _cells[y, end - 1] == Blank && (_styles[y, end - 1] & (TuiStyle.Reverse | TuiStyle.Paper)) == 0)
            end--;
        var line = new StringBuilder(Width * 2).Append("\e[0m");
        var style = TuiStyle.Plain;
        for (var x = 0; x < end; x++)
        {
            if (_styles[y, x] != style)
            {
                style = _styles[y, x];
                Select(line, style, colour);
            }
            _ = line.Append(_cells[y, x]);
        }
        if (style != TuiStyle.Plain)
            _ = line.Append("\e[0m");
        return (end < Width ? line.Append("\e[K") : line).ToString();
    }

    private static void Select(StringBuilder line, TuiStyle style, bool colour)
    {
        _ = line.Append("\e[0");
        if (style.HasFlag(TuiStyle.Dim))
            _ = line.Append(";2");
        if (style.HasFlag(TuiStyle.Bold))
            _ = line.Append(";1");
        if (style.HasFlag(TuiStyle.Reverse))
            _ = line.Append(";7");
        if (colour && style.HasFlag(TuiStyle.Good))
            _ = line.Append(";32");
        if (colour && style.HasFlag(TuiStyle.Bad))
            _ = line.Append(";31");
        if (colour && style.HasFlag(TuiStyle.Accent))
            _ = line.Append(";35");
        if (colour && style.HasFlag(TuiStyle.Paper))
            _ = line.Append(";38;5;16;48;5;231");
        _ = line.Append('m');
    }
}
