using Secrets.Relay.Limits;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Rooms;

/// <summary>The rooms that one connection is in, while it lasts.</summary>
internal sealed class RoomConnectionState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomAddress, LiveRoom> _rooms = [];

    public RoomConnectionState(NetworkPrefix? network) => Network = network;

    /// <summary>Its network; null for the own machine.</summary>
    public NetworkPrefix? Network { get; }

    /// <summary>Memberships, and streams that may become one.</summary>
    public int Open { get; private set; }

    public bool TryOpen(int most)
    {
        lock (_gate)
        {
            if (Open >= most)
                return false;
            Open++;
            return true;
        }
    }

    public void Close()
    {
        lock (_gate)
            Open--;
    }

    public void Enter(LiveRoom room)
    {
        lock (_gate)
            _rooms[room.Address] = room;
    }

    public void Leave(LiveRoom room)
    {
        lock (_gate)
            _ = _rooms.Remove(room.Address);
    }

    /// <summary>The room, if this connection is in it.</summary>
    public LiveRoom? Find(in RoomAddress address)
    {
        lock (_gate)
            return _rooms.GetValueOrDefault(address);
    }
}
