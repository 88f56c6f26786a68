using Secrets.Client;

namespace Secrets.Console.Tui;

/// <summary>A page in front of everything: help, one's own secret, the number to compare.</summary>
internal sealed class Panel(string title, IReadOnlyList<string> paragraphs)
{
    public string Title { get; } = title;

    public IReadOnlyList<string> Paragraphs { get; } = paragraphs;

    /// <summary>What is drawn as a QR code below the text; empty: nothing.</summary>
    public string QrContent { get; init; } = "";

    public bool QrInverted { get; set; }

    /// <summary>The chat whose number is shown, and the number: y says that it is the same on both sides.</summary>
    public (ChatId Chat, string Number)? Comparing { get; init; }

    /// <summary>Lines that are scrolled away at the top.</summary>
    public int Scroll { get; set; }
}
