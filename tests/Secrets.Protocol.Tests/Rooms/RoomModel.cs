using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Tests.Rooms;

/// <summary>A room with a relay that the test plays: it numbers items, and gives, drops, doubles or holds them back.</summary>
internal sealed class RoomModel
{
    private readonly SeededRandomForTestsOnly _random;
    private readonly List<byte[]> _items = [];
    private readonly Dictionary<SessionId, Seat> _seats = [];
    private StatementChain? _chain;
    private ulong _now = 1_800_000_000_000;

    public RoomModel(ulong seed) => _random = new SeededRandomForTestsOnly(seed);

    public SeededRandomForTestsOnly Random => _random;

    public ulong Now => ++_now;

    /// <summary>All items so far, in the relay's order.</summary>
    public IReadOnlyList<byte[]> Items => _items;

    public static RoomKeys Keys() => RoomKeys.FromMaster([.. Enumerable.Range(0, RoomKeys.Size).Select(i => (byte)i)]);

    public RoomMachine Open(string name)
    {
        var machine = RoomMachine.Open(Keys(), name, 50, _random);
        var entry = Entry(machine, EntryKind.Open);
        Assert.Equal(StatementError.None, StatementChain.TryBegin(entry.Statements, machine.Address, out _chain));
        Enter(machine, 0);
        return machine;
    }

    public RoomMachine Join(string name)
    {
        var machine = RoomMachine.Join(Keys(), name, _random);
        _ = Entry(machine, EntryKind.Join);
        Enter(machine, _items.Count);
        return machine;
    }

    /// <summary>Somebody with the code whom the relay lets into a locked room: as if nothing had been decided yet, and with all that was said from the beginning.</summary>
    public RoomMachine Sneak(string name)
    {
        var machine = RoomMachine.Join(Keys(), name, _random);
        _seats[machine.Me] = new Seat();
        Assert.Equal(RoomFrameError.None, machine.Entered(new RoomAnswer { Instance = 1, Number = 0, Oldest = 1, Statements = [_chain!.Opening], Members = [new RoomMember(_chain.Owner, Presence.Here), new RoomMember(machine.Me, Presence.Here)] }));
        Take(machine);
        return machine;
    }

    /// <summary>The same session from its state; what was not given goes on from the number that it knows.</summary>
    public RoomMachine Restore(RoomMachine before, int from)
    {
        using var state = before.ExportState();
        Assert.Equal(RoomFrameError.None, RoomMachine.TryRestore(state.Bytes, _random, out var machine));
        _ = Entry(machine!, EntryKind.Resume);
        Enter(machine!, from);
        return machine!;
    }

    public int CursorOf(RoomMachine machine) => _seats[machine.Me].Cursor;

    /// <summary>Takes what a machine sends.</summary>
    public void Take(RoomMachine machine)
    {
        while (machine.TryTakeRequest(out var request))
        {
            Assert.Equal(RoomItemError.None, RoomRequest.TryRead(request.Span, out var read));
            var number = (ulong)_items.Count + 1;
            if (read.Kind == RoomRequestKind.Say)
                _items.Add(RoomItem.Frame(number, read.IsPassing, machine.Me, read.To, read.Body).ToArray());
            else if (read.Kind == RoomRequestKind.State && Statement.TryRead(read.Body, out var statement) == StatementError.None && _chain!.TryAdd(statement!) == StatementError.None)
                _items.Add(RoomItem.Stated(number, statement!).ToArray());
        }
    }

    /// <summary>Gives the next item to a machine, or loses it; false if there is none.</summary>
    public bool Give(RoomMachine machine, bool isLost = false)
    {
        var seat = _seats[machine.Me];
        if (seat.Cursor >= _items.Count)
            return false;
        var item = _items[seat.Cursor++];
        if (!isLost && IsFor(item, machine.Me))
            _ = machine.Hear(item, Now);
        Take(machine);
        return true;
    }

    /// <summary>Gives everything to everybody until nothing is left.</summary>
    public void Settle(params IReadOnlyList<RoomMachine> machines)
    {
        foreach (var machine in machines)
            Take(machine);
        bool went;
        do
        {
            went = false;
            foreach (var machine in machines)
                went |= Give(machine);
        }
        while (went);
    }

    /// <summary>What a machine heard.</summary>
    public static List<RoomHeard> Heard(RoomMachine machine)
    {
        var heard = new List<RoomHeard>();
        while (machine.TryTakeHeard(out var one))
            heard.Add(one!);
        return heard;
    }

    private static bool IsFor(byte[] item, SessionId me)
    {
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(item, out var read));
        return read.Kind != RoomItemKind.Frame || read.To.IsEverybody || read.To == me;
    }

    private RoomEntry Entry(RoomMachine machine, EntryKind kind)
    {
        Assert.Equal(kind, machine.NextEntry(mayReopen: false));
        var challenge = RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: false, _random);
        Assert.True(challenge.TryWork(0, 1 << 20, out var work));
        Assert.Equal(RoomItemError.None, RoomEntry.TryRead(machine.Enter(kind, challenge, work, default).Span, out var entry));
        Assert.True(entry!.IsProven(challenge, default));
        return entry;
    }

    private void Enter(RoomMachine machine, int from)
    {
        _seats[machine.Me] = new Seat { Cursor = from };
        var members = _seats.Keys.Select(session => new RoomMember(session, Presence.Here)).ToList();
        Assert.Equal(RoomFrameError.None, machine.Entered(new RoomAnswer { Instance = 1, Number = (ulong)from, Oldest = 1, Statements = [.. _chain!.All], Members = members }));
        Take(machine);
    }

    private sealed class Seat
    {
        public int Cursor { get; set; }
    }
}
