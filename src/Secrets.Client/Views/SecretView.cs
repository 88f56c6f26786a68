namespace Secrets.Client.Views;

/// <summary>One's own secret for a chat, to be handed to one person.</summary>
public sealed class SecretView
{
    /// <summary>The secret as a line of text.</summary>
    public required string Text { get; init; }

    /// <summary>The secret as a link.</summary>
    public required string Link { get; init; }

    /// <summary>The secret as a QR code's content.</summary>
    public required string QrContent { get; init; }

    /// <summary>Until when it is good.</summary>
    public required DateTimeOffset GoodUntil { get; init; }

    /// <summary>False while no relay has it: it works once one has.</summary>
    public required bool AtRelay { get; init; }
}
