using Secrets.Transport.Rooms;

namespace Secrets.Relay.Rooms;

/// <summary>All rooms of a relay, in memory alone.</summary>
internal sealed class RoomService : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomAddress, LiveRoom> _rooms = [];
    private readonly RelayOptions _options;
    private readonly RoomTotals _totals;
    private readonly ITimer _timer;
    private readonly long _started;
    private bool _isStopped;

    /// <summary>With no room.</summary>
    public RoomService(RelayOptions options)
    {
        _options = options;
        _totals = new RoomTotals(options.Rooms);
        _started = options.Clock.GetTimestamp();
        _timer = options.Clock.CreateTimer(static service => ((RoomService)service!).Tick(), this, TickPeriod, TickPeriod);
    }

    /// <summary>True while rooms that were there before the relay's start are taken back.</summary>
    public bool IsYoung => _options.Clock.GetElapsedTime(_started) < RoomsNetwork.ReopenTime;

    /// <summary>Rooms at this moment.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _rooms.Count;
        }
    }

    /// <summary>The room at an address; null if there is none.</summary>
    public LiveRoom? Find(in RoomAddress address)
    {
        lock (_gate)
            return _rooms.GetValueOrDefault(address) is { IsOver: false } room ? room : null;
    }

    /// <summary>The room that an entry is about, opened if that is what the entry does; its proof was checked.</summary>
    public LiveRoom? FindFor(RoomEntry entry, out RoomRefusal refusal)
    {
        refusal = RoomRefusal.NoSuchRoom;
        if (entry.Kind is EntryKind.Join or EntryKind.Resume)
            return Find(entry.Address);
        if (entry.Kind == EntryKind.Reopen && !IsYoung)
            return null;
        if (StatementChain.TryBegin(entry.Statements, entry.Address, out var chain) != StatementError.None || chain!.IsClosed || (entry.Kind == EntryKind.Open && chain.Owner != entry.Session))
        {
            refusal = RoomRefusal.Malformed;
            return null;
        }
        lock (_gate)
        {
            if (_rooms.GetValueOrDefault(entry.Address) is { IsOver: false } there)
            {
                refusal = RoomRefusal.Taken;
                return entry.Kind == EntryKind.Reopen && there.TryExtend(chain) ? there : null;
            }
            refusal = RoomRefusal.Busy;
            if (_isStopped || _rooms.Count >= _options.Rooms.MaxRooms)
                return null;
            return _rooms[entry.Address] = new LiveRoom(chain, _options.Rooms, _totals, _options.Clock, _options.Random);
        }
    }

    /// <summary>Forgets all rooms.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _isStopped = true;
            foreach (var room in _rooms.Values)
                room.Abandon();
            _rooms.Clear();
        }
    }

    private void Tick()
    {
        LiveRoom[] rooms;
        lock (_gate)
            rooms = [.. _rooms.Values];
        foreach (var room in rooms)
            room.Tick();
        lock (_gate)
        {
            foreach (var room in rooms.Where(static room => room.IsOver))
            {
                if (_rooms.GetValueOrDefault(room.Address) == room)
                    _ = _rooms.Remove(room.Address);
            }
        }
    }
}
