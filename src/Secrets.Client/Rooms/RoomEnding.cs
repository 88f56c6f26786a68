namespace Secrets.Client.Rooms;

/// <summary>Why a room ended here.</summary>
public enum RoomEnding
{
    /// <summary>It has not.</summary>
    None = 0,

    /// <summary>The owner closed it.</summary>
    Closed = 1,

    /// <summary>The owner left.</summary>
    OwnerLeft = 2,

    /// <summary>The owner was lost and did not come back.</summary>
    OwnerLost = 3,

    /// <summary>Nothing was said for a day.</summary>
    Idle = 4,

    /// <summary>The owner removed this session.</summary>
    Removed = 5,

    /// <summary>The session goes on in another place.</summary>
    Elsewhere = 6,

    /// <summary>The relay was not reached for a minute, or has no such room any more.</summary>
    Lost = 7,

    /// <summary>This person left.</summary>
    Left = 8,

    /// <summary>This person was away for longer than a minute, and the owner has locked it.</summary>
    Locked = 9,
}
