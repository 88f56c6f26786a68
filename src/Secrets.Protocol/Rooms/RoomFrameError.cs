namespace Secrets.Protocol.Rooms;

/// <summary>Why something that came in a room was not taken. Who sent it sees nothing of it.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §4.</remarks>
public enum RoomFrameError
{
    /// <summary>Taken.</summary>
    None = 0,

    /// <summary>Fewer bytes than the format asks for.</summary>
    Truncated = 1,

    /// <summary>More bytes than the format or its limit allows.</summary>
    TooLong = 2,

    /// <summary>A kind that this program does not know.</summary>
    UnknownKind = 3,

    /// <summary>A field has a value that it cannot have.</summary>
    Malformed = 4,

    /// <summary>A signature or a tag is wrong.</summary>
    Rejected = 5,

    /// <summary>It was heard before.</summary>
    Replayed = 6,

    /// <summary>Its key is not here yet: it waits for an introduction.</summary>
    KeyMissing = 7,

    /// <summary>More is missing before it than is caught up with.</summary>
    TooFarAhead = 8,

    /// <summary>It is from somebody who is not here any more, or was never introduced.</summary>
    Stranger = 9,

    /// <summary>It is for somebody else.</summary>
    NotForUs = 10,

    /// <summary>The owner's statements don't fit.</summary>
    WrongStatement = 11,

    /// <summary>The state that was handed over can't be read.</summary>
    BadState = 12,
}
