namespace Secrets.Console.Tui;

/// <summary>What a key means here.</summary>
internal enum KeyKind
{
    None = 0,
    Text,
    Enter,
    NewLine,
    Backspace,
    Delete,
    DeleteWord,
    DeleteAll,
    Left,
    Right,
    Home,
    End,
    Previous,
    Next,
    PageUp,
    PageDown,
    Escape,
    Rename,
    OwnSecret,
    EnterSecret,
    Number,
    NewChat,
    Help,
    Redraw,
    Quit,
}
