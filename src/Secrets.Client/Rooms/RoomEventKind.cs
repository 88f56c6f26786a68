namespace Secrets.Client.Rooms;

/// <summary>What happened in rooms.</summary>
public enum RoomEventKind
{
    /// <summary>A room is new, or something about it changed.</summary>
    RoomChanged = 0,

    /// <summary>A line was added.</summary>
    MessageAdded = 1,

    /// <summary>A line changed: it was sent, or has other reactions.</summary>
    MessageChanged = 2,

    /// <summary>Somebody types, or no longer.</summary>
    Typing = 3,

    /// <summary>The host's media engine is to do something for the connection to somebody in the call.</summary>
    CallStep = 4,

    /// <summary>What this session needs to come back changed: rooms.keep gives it.</summary>
    StateChanged = 5,

    /// <summary>A file on its way has come further.</summary>
    FileProgress = 6,
}
