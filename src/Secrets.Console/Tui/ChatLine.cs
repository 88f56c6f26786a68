namespace Secrets.Console.Tui;

/// <summary>A line of a chat as it is drawn: what stands first, the text, what stands last.</summary>
internal readonly struct ChatLine(string lead, string text, TuiStyle style, string tail = "", bool centred = false)
{
    /// <summary>A time, or blanks of its width; always dim.</summary>
    public string Lead { get; } = lead;

    public string Text { get; } = text;

    public TuiStyle Style { get; } = style;

    /// <summary>Where an own message is; always dim.</summary>
    public string Tail { get; } = tail;

    public bool Centred { get; } = centred;
}
