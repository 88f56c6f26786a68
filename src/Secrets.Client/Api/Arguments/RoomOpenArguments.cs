namespace Secrets.Client.Api;

/// <summary>A new room.</summary>
internal sealed class RoomOpenArguments
{
    /// <summary>A text of one's own beside the code.</summary>
    public string? Label { get; init; }

    /// <summary>The own name in it; null: a random one.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is to lie; null: the relay that the program uses.</summary>
    public string? Relay { get; init; }

    /// <summary>Most participants, 2 to 200; null: 50.</summary>
    public int? MaxParticipants { get; init; }
}
