namespace Secrets.Transport.Rooms;

/// <summary>What a relay sends to a member.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.4.</remarks>
public enum RoomItemKind
{
    /// <summary>A frame of a member.</summary>
    Frame = 3,

    /// <summary>A statement of the owner.</summary>
    Statement = 4,

    /// <summary>Somebody came, was lost, or went.</summary>
    Presence = 5,

    /// <summary>The membership ends.</summary>
    End = 6,
}
