namespace Secrets.Transport.Rooms;

/// <summary>How somebody enters.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.3.</remarks>
public enum EntryKind
{
    /// <summary>Opens a new room.</summary>
    Open = 1,

    /// <summary>Comes for the first time.</summary>
    Join = 2,

    /// <summary>Comes back.</summary>
    Resume = 3,

    /// <summary>Brings a room back to a relay that was started again.</summary>
    Reopen = 4,
}
