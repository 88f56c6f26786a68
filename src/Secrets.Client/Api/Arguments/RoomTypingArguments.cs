namespace Secrets.Client.Api;

/// <summary>Whether one types.</summary>
internal sealed class RoomTypingArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>True when it begins.</summary>
    public required bool On { get; init; }
}
