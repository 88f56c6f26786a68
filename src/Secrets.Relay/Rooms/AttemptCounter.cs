using Secrets.Relay.Limits;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Rooms;

/// <summary>How many tried to enter within a minute: of each network, at each room, and of all. What it knows it forgets with the minute.</summary>
internal sealed class AttemptCounter
{
    private const int FreeAttempts = 16;
    private const int FreeOfAll = 600;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<NetworkPrefix, int> _networks = [];
    private readonly Dictionary<RoomAddress, int> _rooms = [];
    private readonly RoomLimits _limits;
    private readonly TimeProvider _clock;
    private long _since;
    private int _all;
    private int _allBefore;

    /// <summary>With nobody.</summary>
    public AttemptCounter(RoomLimits limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
        _since = clock.GetTimestamp();
    }

    /// <summary>Counts an attempt in: how much work it has to do. Twice as many attempts, one bit more.</summary>
    public int Begin(NetworkPrefix? network)
    {
        lock (_gate)
        {
            Turn();
            _all++;
            var mine = 0;
            if (network is { } prefix)
                _networks[prefix] = mine = _networks.GetValueOrDefault(prefix) + 1;
            var bits = RoomChallenge.MinBits + Doublings(mine, FreeAttempts) + Doublings(Math.Max(_all, _allBefore), FreeOfAll);
            return Math.Min(bits, RoomChallenge.MaxBits);
        }
    }

    /// <summary>False if this network has had its attempts.</summary>
    public bool MayEnter(NetworkPrefix? network)
    {
        lock (_gate)
            return network is not { } prefix || _networks.GetValueOrDefault(prefix) <= _limits.AttemptsPerNetwork;
    }

    /// <summary>Counts an attempt with a right proof: false if the room has had its share.</summary>
    public bool MayEnter(in RoomAddress room)
    {
        lock (_gate)
        {
            Turn();
            return (_rooms[room] = _rooms.GetValueOrDefault(room) + 1) <= _limits.AttemptsPerRoom;
        }
    }

    private static int Doublings(int count, int free)
    {
        var doublings = 0;
        for (var left = count / free; left > 0; left >>= 1)
            doublings++;
        return doublings;
    }

    private void Turn()
    {
        if (_clock.GetElapsedTime(_since) < Window)
            return;
        _since = _clock.GetTimestamp();
        (_all, _allBefore) = (0, _all);
        _networks.Clear();
        _rooms.Clear();
    }
}
