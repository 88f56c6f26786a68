namespace Secrets.Client.Rooms;

/// <summary>A sign of somebody under a message.</summary>
public sealed record RoomReactionView
{
    /// <summary>Whose.</summary>
    public required string Session { get; init; }

    /// <summary>The sign.</summary>
    public required string Sign { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomReactionView);
}
