namespace Secrets.Console.Tui;

/// <summary>How a cell is drawn. Colours of the terminal's own palette, on the terminal's own ground, so that light and dark ones both work.</summary>
[Flags]
internal enum TuiStyle
{
    Plain = 0,
    Dim = 1,
    Bold = 2,
    Reverse = 4,
    Good = 8,
    Bad = 16,
    Accent = 32,

    /// <summary>Black on white whatever the terminal's colours are: a camera needs it that way.</summary>
    Paper = 64,
}
