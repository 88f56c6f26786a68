namespace Secrets.Transport.Rooms;

/// <summary>Why an owner's statement was refused.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.2.</remarks>
public enum StatementError
{
    /// <summary>Accepted.</summary>
    None = 0,

    /// <summary>Fewer bytes than the format asks for.</summary>
    Truncated = 1,

    /// <summary>Bytes are left over.</summary>
    TooLong = 2,

    /// <summary>A version or kind that this format does not have.</summary>
    UnknownVersion = 3,

    /// <summary>A field has a value that it cannot have.</summary>
    Malformed = 4,

    /// <summary>It is about another room.</summary>
    OtherRoom = 5,

    /// <summary>Its number is not the next, or it names another statement before it.</summary>
    WrongNumber = 6,

    /// <summary>A signature is wrong.</summary>
    Rejected = 7,

    /// <summary>The room was closed by its owner before.</summary>
    Closed = 8,

    /// <summary>The chain is full.</summary>
    TooMany = 9,

    /// <summary>It would change nothing, or concerns a removed session or the owner.</summary>
    NoEffect = 10,
}
