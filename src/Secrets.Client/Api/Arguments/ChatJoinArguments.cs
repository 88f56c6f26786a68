namespace Secrets.Client.Api;

/// <summary>Somebody's secret, as a new chat.</summary>
internal sealed class ChatJoinArguments
{
    /// <summary>The secret: text, link or QR content.</summary>
    public required string Secret { get; init; }

    /// <summary>What this person calls the other.</summary>
    public required string Name { get; init; }

    /// <summary>True if it came straight from the other person.</summary>
    public required bool Direct { get; init; }

    /// <summary>True to connect to a relay that this person has not chosen.</summary>
    public required bool AllowOtherRelays { get; init; }
}
