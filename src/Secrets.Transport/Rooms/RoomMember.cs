namespace Secrets.Transport.Rooms;

/// <summary>A session as the relay knows it.</summary>
public sealed class RoomMember
{
    /// <summary>A session and whether it is connected.</summary>
    public RoomMember(in SessionId session, Presence presence)
    {
        Session = session;
        Presence = presence;
    }

    /// <summary>Who.</summary>
    public SessionId Session { get; }

    /// <summary>Whether connected.</summary>
    public Presence Presence { get; }
}
