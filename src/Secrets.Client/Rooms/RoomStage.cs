namespace Secrets.Client.Rooms;

/// <summary>How a room stands.</summary>
public enum RoomStage
{
    /// <summary>Not connected at this moment; what is said goes out when it is.</summary>
    Connecting = 0,

    /// <summary>In the room.</summary>
    In = 1,

    /// <summary>In the room, and the owner's connection was lost: it ends at the deadline unless the owner comes back.</summary>
    OwnerAway = 2,

    /// <summary>It has ended, or this session in it.</summary>
    Ended = 3,
}
