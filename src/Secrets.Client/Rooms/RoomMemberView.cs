namespace Secrets.Client.Rooms;

/// <summary>Somebody in a room.</summary>
public sealed record RoomMemberView
{
    /// <summary>The session: names a person in this room, and nowhere else.</summary>
    public required string Session { get; init; }

    /// <summary>What the person calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>True for oneself.</summary>
    public required bool Own { get; init; }

    /// <summary>True for the owner of the room.</summary>
    public required bool Owner { get; init; }

    /// <summary>True if the connection was lost and may come back.</summary>
    public required bool Away { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomMemberView);
}
