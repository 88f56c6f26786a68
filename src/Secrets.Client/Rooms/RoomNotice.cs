namespace Secrets.Client.Rooms;

/// <summary>What a line tells that nobody said.</summary>
public enum RoomNotice
{
    /// <summary>It is said by somebody.</summary>
    None = 0,

    /// <summary>Somebody came in.</summary>
    Joined = 1,

    /// <summary>Somebody left.</summary>
    Left = 2,

    /// <summary>The owner removed somebody.</summary>
    Removed = 3,

    /// <summary>Somebody has another name; the line's text is the former one.</summary>
    Renamed = 4,

    /// <summary>Messages of somebody are missing; the count says how many.</summary>
    Gap = 5,

    /// <summary>Somebody had seen a message that the relay did not give to this session.</summary>
    Withheld = 6,

    /// <summary>The relay shows other decisions of the owner to somebody else.</summary>
    Divided = 7,

    /// <summary>The owner locked the room.</summary>
    Locked = 8,

    /// <summary>The owner unlocked the room.</summary>
    Unlocked = 9,

    /// <summary>The room has another owner.</summary>
    OwnerChanged = 10,

    /// <summary>The room has ended.</summary>
    Ended = 11,

    /// <summary>Somebody began a call.</summary>
    CallBegan = 12,

    /// <summary>Nobody is in the call any more.</summary>
    CallEnded = 13,
}
