namespace Secrets.Protocol.Chats;

/// <summary>Why a content message or a body was refused. The peer learns nothing of it.</summary>
/// <remarks>Spec: docs/protocol/chats.md §5.</remarks>
public enum MessageError
{
    /// <summary>Accepted.</summary>
    None = 0,

    /// <summary>Fewer bytes than the format asks for.</summary>
    Truncated = 1,

    /// <summary>More bytes than the format or its limit allows.</summary>
    TooLong = 2,

    /// <summary>Nothing where something must be.</summary>
    Empty = 3,

    /// <summary>Bytes that are no UTF-8.</summary>
    InvalidUtf8 = 4,

    /// <summary>A control character that text may not hold.</summary>
    ControlCharacter = 5,

    /// <summary>A number outside its range, or a list out of order.</summary>
    OutOfRange = 6,

    /// <summary>A message type 0, or a flag that must be understood and is not.</summary>
    UnknownFlag = 7,

    /// <summary>A rider of a type that may not ride.</summary>
    InvalidRider = 8,

    /// <summary>A version of stored state that this program does not have.</summary>
    UnknownVersion = 9,

    /// <summary>Parts of one text that contradict each other.</summary>
    PartMismatch = 10,

    /// <summary>An attachment whose chunk does not open or whose hash is another.</summary>
    Rejected = 11,
}
