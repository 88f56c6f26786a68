namespace Secrets.Protocol.Rooms;

/// <summary>What happened in a room.</summary>
public enum RoomHeardKind
{
    /// <summary>A message: a text, a reply, a reaction or a file.</summary>
    Message = 1,

    /// <summary>An own message has come to the relay, which gave it its place.</summary>
    Sent = 2,

    /// <summary>Somebody types, or no longer.</summary>
    Typing = 3,

    /// <summary>A call's signal for this session.</summary>
    Call = 4,

    /// <summary>Somebody is in.</summary>
    Joined = 5,

    /// <summary>Somebody's connection was lost.</summary>
    Away = 6,

    /// <summary>Somebody is back.</summary>
    Back = 7,

    /// <summary>Somebody left.</summary>
    Left = 8,

    /// <summary>The owner removed somebody.</summary>
    Removed = 9,

    /// <summary>Somebody has another name.</summary>
    Renamed = 10,

    /// <summary>Messages of somebody are missing.</summary>
    Gap = 11,

    /// <summary>Somebody had seen a message that was not given to this session.</summary>
    Withheld = 12,

    /// <summary>Somebody was shown other statements of the owner.</summary>
    Divided = 13,

    /// <summary>The owner locked the room.</summary>
    Locked = 14,

    /// <summary>The owner unlocked the room.</summary>
    Unlocked = 15,

    /// <summary>The room has another owner.</summary>
    OwnerChanged = 16,

    /// <summary>The owner's connection was lost.</summary>
    OwnerAway = 17,

    /// <summary>The owner is back.</summary>
    OwnerBack = 18,

    /// <summary>The room, or this session in it, has ended.</summary>
    Ended = 19,

    /// <summary>Somebody was in before the relay's restart, and isn't back yet: <see cref="Back"/> or <see cref="Left"/> follows.</summary>
    Missed = 20,
}
