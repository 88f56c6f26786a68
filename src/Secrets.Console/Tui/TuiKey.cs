namespace Secrets.Console.Tui;

/// <summary>A key that was pressed, or a text that was pasted.</summary>
internal readonly struct TuiKey(KeyKind kind, string text = "")
{
    public KeyKind Kind { get; } = kind;

    /// <summary>What was typed or pasted, if it is text.</summary>
    public string Text { get; } = text;

    public static TuiKey Of(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        var alt = key.Modifiers.HasFlag(ConsoleModifiers.Alt);
        if (key.Key == ConsoleKey.Enter || key.KeyChar is '\n' or '\r')
            return new TuiKey(alt || control || key.KeyChar == '\n' ? KeyKind.NewLine : KeyKind.Enter);
        var kind = control && !alt ? WithControl(key.Key) : Alone(key.Key);
        if (kind != KeyKind.None)
            return new TuiKey(kind);
        return alt || control || char.IsControl(key.KeyChar) ? default : new TuiKey(KeyKind.Text, key.KeyChar.ToString());
    }

    private static KeyKind WithControl(ConsoleKey key) => key switch
    {
        ConsoleKey.N => KeyKind.Next,
        ConsoleKey.P => KeyKind.Previous,
        ConsoleKey.J => KeyKind.NewLine,
        ConsoleKey.R => KeyKind.Rename,
        ConsoleKey.S => KeyKind.OwnSecret,
        ConsoleKey.A => KeyKind.EnterSecret,
        ConsoleKey.V => KeyKind.Number,
        ConsoleKey.T => KeyKind.NewChat,
        ConsoleKey.W => KeyKind.DeleteWord,
        ConsoleKey.U => KeyKind.DeleteAll,
        ConsoleKey.E => KeyKind.End,
        ConsoleKey.L => KeyKind.Redraw,
        ConsoleKey.H or ConsoleKey.Backspace => KeyKind.Backspace,
        ConsoleKey.Q or ConsoleKey.C => KeyKind.Quit,
        _ => Alone(key),
    };

    private static KeyKind Alone(ConsoleKey key) => key switch
    {
        ConsoleKey.UpArrow => KeyKind.Previous,
        ConsoleKey.DownArrow => KeyKind.Next,
        ConsoleKey.LeftArrow => KeyKind.Left,
        ConsoleKey.RightArrow => KeyKind.Right,
        ConsoleKey.Home => KeyKind.Home,
        ConsoleKey.End => KeyKind.End,
        ConsoleKey.PageUp => KeyKind.PageUp,
        ConsoleKey.PageDown => KeyKind.PageDown,
        ConsoleKey.Backspace => KeyKind.Backspace,
        ConsoleKey.Delete => KeyKind.Delete,
        ConsoleKey.Escape => KeyKind.Escape,
        ConsoleKey.F1 => KeyKind.Help,
        _ => KeyKind.None,
    };
}
