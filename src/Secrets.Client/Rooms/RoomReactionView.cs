namespace Secrets.Client.Rooms;

/// <summary>A sign of somebody under a message.</summary>
public sealed class RoomReactionView
{
    /// <summary>Whose.</summary>
    public required string Session { get; init; }

    /// <summary>The sign.</summary>
    public required string Sign { get; init; }
}
