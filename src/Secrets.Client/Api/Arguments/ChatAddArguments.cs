namespace Secrets.Client.Api;

/// <summary>The other side's own secret, for a chat that both made one for.</summary>
internal sealed class ChatAddArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>The secret: text, link or QR content.</summary>
    public required string Secret { get; init; }

    /// <summary>What this person calls the other.</summary>
    public required string? Name { get; init; }

    /// <summary>True if it came straight from the other person.</summary>
    public required bool Direct { get; init; }

    /// <summary>True to connect to a relay that this person has not chosen.</summary>
    public required bool AllowOtherRelays { get; init; }
}
