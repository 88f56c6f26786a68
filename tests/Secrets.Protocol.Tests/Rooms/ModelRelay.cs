using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Tests.Rooms;

/// <summary>A room at a relay that keeps the rules, on lines that are cut: what is on its way to the relay then is lost, what it keeps is given to who comes back.</summary>
internal sealed class ModelRelay
{
    private readonly SeededRandomForTestsOnly _random;
    private readonly int _kept;
    private readonly List<byte[]> _items = [];
    private readonly Dictionary<SessionId, Seat> _seats = [];
    private readonly Dictionary<RoomMachine, Queue<ReadOnlyMemory<byte>>> _lines = [];
    private StatementChain? _chain;
    private ulong _instance = 1;
    private ulong _now = 1_800_000_000_000;

    public ModelRelay(ulong seed, int kept = int.MaxValue)
    {
        _random = new SeededRandomForTestsOnly(seed);
        _kept = kept;
    }

    public ulong Now => ++_now;

    /// <summary>How many frames to one session it holds.</summary>
    public int Whispered => _items.Count(item => RoomItem.TryRead(item, out var read) == RoomItemError.None && read.Kind == RoomItemKind.Frame && !read.To.IsEverybody);

    private ulong Number => (ulong)_items.Count;

    private ulong Oldest => (ulong)Math.Max(_items.Count - _kept, 0) + 1;

    public RoomMachine Open(string name) => Enter(RoomMachine.Open(RoomModel.Keys(), name, 50, _random));

    public RoomMachine Join(string name) => Enter(RoomMachine.Join(RoomModel.Keys(), name, _random));

    public bool IsIn(RoomMachine machine) => _lines.ContainsKey(machine);

    /// <summary>The line is cut.</summary>
    public void Cut(RoomMachine machine)
    {
        if (!_lines.Remove(machine))
            return;
        machine.Disconnected();
        if (!_seats.TryGetValue(machine.Me, out var seat))
            return;
        seat.IsHere = false;
        Show(machine.Me, Presence.Away);
    }

    /// <summary>A session that is away counts as gone; nobody does who is here, or owns the room.</summary>
    public void Drop(RoomMachine machine)
    {
        if (machine.IsOwner || !_seats.TryGetValue(machine.Me, out var seat) || seat.IsHere)
            return;
        _ = _seats.Remove(machine.Me);
        Show(machine.Me, Presence.Left);
    }

    /// <summary>The relay starts again, and knows nothing.</summary>
    public void Restart()
    {
        foreach (var machine in _lines.Keys)
            machine.Disconnected();
        _lines.Clear();
        _seats.Clear();
        _items.Clear();
        _chain = null;
        _instance++;
    }

    /// <summary>Comes back if it is not in.</summary>
    public void Return(RoomMachine machine)
    {
        if (!IsIn(machine))
            _ = Enter(machine);
    }

    /// <summary>The same session from its state, not in yet.</summary>
    public RoomMachine Restore(RoomMachine before)
    {
        Cut(before);
        using var state = before.ExportState();
        Assert.Equal(RoomFrameError.None, RoomMachine.TryRestore(state.Bytes, _random, out var machine));
        before.Dispose();
        return machine!;
    }

    /// <summary>The relay takes the next thing that a machine sent; false if there is none.</summary>
    public bool Take(RoomMachine machine)
    {
        if (!_lines.TryGetValue(machine, out var line))
            return false;
        while (machine.TryTakeRequest(out var sent))
            line.Enqueue(sent);
        if (!line.TryDequeue(out var request))
            return false;
        Assert.Equal(RoomItemError.None, RoomRequest.TryRead(request.Span, out var read));
        if (read.Kind == RoomRequestKind.Say && (read.To.IsEverybody || _seats.ContainsKey(read.To)))
            _items.Add(RoomItem.Frame(Number + 1, read.IsPassing, machine.Me, read.To, read.Body).ToArray());
        if (read.Kind == RoomRequestKind.State && Statement.TryRead(read.Body, out var statement) == StatementError.None && _chain!.TryAdd(statement!) == StatementError.None)
            _items.Add(RoomItem.Stated(Number + 1, statement!).ToArray());
        return true;
    }

    /// <summary>Gives the next item to a machine; false if there is none.</summary>
    public bool Give(RoomMachine machine)
    {
        if (!IsIn(machine))
            return false;
        var seat = _seats[machine.Me];
        if (!seat.HasTaken)
            (seat.HasTaken, seat.Cursor) = (true, Math.Max(seat.Cursor, Oldest - 1));
        if (seat.Cursor + 1 < Oldest)
        {
            _ = machine.Hear(RoomItem.Ended(RoomEnd.Behind).Span, Now);
            Cut(machine);
            return true;
        }
        if (seat.Cursor >= Number)
            return false;
        var item = _items[(int)seat.Cursor++];
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(item, out var read));
        if (read.Kind == RoomItemKind.Presence ? read.Number > seat.EnteredAt : read.To.IsEverybody || read.To == machine.Me)
            _ = machine.Hear(item, Now);
        return true;
    }

    /// <summary>Everybody is back, and everything taken and given.</summary>
    public void Settle(IReadOnlyList<RoomMachine> machines)
    {
        bool went;
        do
        {
            went = false;
            foreach (var machine in machines)
            {
                Return(machine);
                went |= Take(machine) | Give(machine);
            }
        }
        while (went);
    }

    private RoomMachine Enter(RoomMachine machine)
    {
        var kind = machine.NextEntry(mayReopen: _chain is null);
        var challenge = RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: true, _random);
        Assert.Equal(RoomItemError.None, RoomEntry.TryRead(machine.Enter(kind, challenge, 0, default).Span, out var entry));
        if (_chain is null)
            Assert.Equal(StatementError.None, StatementChain.TryBegin(entry!.Statements, machine.Address, out _chain));
        var comesBack = kind is EntryKind.Resume or EntryKind.Reopen;
        var cursor = entry!.Instance == _instance ? Math.Max(entry.After, Oldest - 1) : comesBack ? Oldest - 1 : Number;
        _seats[machine.Me] = new Seat { Cursor = cursor, EnteredAt = Number, IsHere = true };
        _lines[machine] = [];
        var members = _seats.Select(seat => new RoomMember(seat.Key, seat.Value.IsHere ? Presence.Here : Presence.Away)).ToList();
        Assert.Equal(RoomFrameError.None, machine.Entered(new RoomAnswer { Instance = _instance, Number = Number, Oldest = Oldest, Statements = [.. _chain!.All], Members = members }));
        Show(machine.Me, Presence.Here);
        return machine;
    }

    private void Show(SessionId session, Presence presence) => _items.Add(RoomItem.Present(Number + 1, session, presence, TimeSpan.Zero).ToArray());

    private sealed class Seat
    {
        public ulong Cursor { get; set; }

        public ulong EnteredAt { get; init; }

        public bool IsHere { get; set; }

        public bool HasTaken { get; set; }
    }
}
