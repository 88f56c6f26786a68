namespace Secrets.Transport.Rooms;

/// <summary>Why a relay lets nobody in.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §5.</remarks>
public enum RoomRefusal
{
    /// <summary>Entered.</summary>
    None = 0,

    /// <summary>There is no such room, or a proof failed: they look alike.</summary>
    NoSuchRoom = 1,

    /// <summary>There is a room at the address already.</summary>
    Taken = 2,

    /// <summary>The room is locked.</summary>
    Locked = 3,

    /// <summary>As many participants as may be are in.</summary>
    Full = 4,

    /// <summary>This session was removed by the owner.</summary>
    Removed = 5,

    /// <summary>Too many attempts or rooms at this time.</summary>
    Busy = 6,

    /// <summary>The entry can't be read, or its work is too small.</summary>
    Malformed = 7,
}
