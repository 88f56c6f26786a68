namespace Secrets.Protocol.Rooms;

/// <summary>Why a text is no room code; each has its own sentence on the screen.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.1.</remarks>
public enum RoomCodeError
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>It has not eight words, and is no link.</summary>
    Malformed = 1,

    /// <summary>A word or a letter is wrong.</summary>
    Typo = 2,

    /// <summary>It is a code of another kind.</summary>
    OtherKind = 3,

    /// <summary>It was made by another version of the program.</summary>
    OtherVersion = 4,
}
