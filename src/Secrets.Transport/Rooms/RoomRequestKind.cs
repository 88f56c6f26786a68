namespace Secrets.Transport.Rooms;

/// <summary>What a member sends to a relay.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.4.</remarks>
public enum RoomRequestKind
{
    /// <summary>A frame for everybody or one session.</summary>
    Say = 1,

    /// <summary>A statement of the owner.</summary>
    State = 2,

    /// <summary>The session ends.</summary>
    Leave = 3,

    /// <summary>A sign of life.</summary>
    Here = 4,
}
