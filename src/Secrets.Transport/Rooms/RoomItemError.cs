namespace Secrets.Transport.Rooms;

/// <summary>Why an item of a room's stream can't be read. Whoever gets one ends the stream.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.4.</remarks>
public enum RoomItemError
{
    /// <summary>It was read.</summary>
    None = 0,

    /// <summary>Fewer bytes than the format asks for.</summary>
    Truncated = 1,

    /// <summary>More bytes than the format or its limit allows.</summary>
    TooLong = 2,

    /// <summary>A version or kind that the format does not have.</summary>
    UnknownKind = 3,

    /// <summary>A field has a value that it cannot have.</summary>
    Malformed = 4,
}
