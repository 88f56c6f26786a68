namespace Secrets.Client.Rooms;

/// <summary>What was typed as the code of a room.</summary>
public sealed class RoomCodeView
{
    /// <summary>Why it is none: a name of a refusal; null if it is one.</summary>
    public string? Error { get; init; }

    /// <summary>The place of the word with the typo, from 1 on; 0 if that isn't known.</summary>
    public required int Position { get; init; }

    /// <summary>The word that is meant there; null if that isn't known.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The relay in a link; null if it was typed.</summary>
    public string? Relay { get; init; }
}
