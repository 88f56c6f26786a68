namespace Secrets.Transport.Rooms;

/// <summary>Why a membership ended.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.4.</remarks>
public enum RoomEnd
{
    /// <summary>It has not.</summary>
    None = 0,

    /// <summary>The owner closed the room.</summary>
    Closed = 1,

    /// <summary>The owner left.</summary>
    OwnerLeft = 2,

    /// <summary>The owner was lost and did not come back.</summary>
    OwnerLost = 3,

    /// <summary>Nothing was said for a day.</summary>
    Idle = 4,

    /// <summary>The owner removed this session.</summary>
    Removed = 5,

    /// <summary>The session came by another connection.</summary>
    Elsewhere = 6,

    /// <summary>Frames were not taken fast enough.</summary>
    Behind = 7,
}
