namespace Secrets.Console.Tui;

/// <summary>The keys and marks, in words.</summary>
internal static class TuiHelp
{
    private static readonly string[] Text =
    [
        "",
        "Up, Down, Ctrl-P, Ctrl-N   choose a chat",
        "Enter                      send (on a narrow terminal: open the chat)",
        "Alt-Enter, Ctrl-J          a new line in the message",
        "PgUp, PgDn                 scroll",
        "Esc                        back (on a narrow terminal: to the chats)",
        "Ctrl-T                     make a new chat, and your secret for it",
        "Ctrl-S                     your secret for this chat, with its QR code",
        "Ctrl-A                     enter a secret that somebody gave you",
        "Ctrl-V                     the number to compare with the other person",
        "Ctrl-R                     rename this chat, for you alone",
        "Ctrl-W, Ctrl-U             delete a word, or all of the message",
        "Ctrl-L                     draw the screen anew",
        "F1, ?                      this page",
        "Ctrl-Q, Ctrl-C             leave; what waits goes out the next time",
        "",
        "waiting    only here yet; it goes out by itself",
        "sent       a relay has it",
        "received   the other device has it",
        "● 2        two new messages",
        "",
        "A relay sees sealed boxes of one size, and when and from where you connect. It can't read what you say.",
    ];

    public static Panel Panel() => new("Keys", Text);
}
