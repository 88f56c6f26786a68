using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Rooms;

/// <summary>A room while it lives: its statements, its members, the items that are still kept, its pieces. Nothing of it is ever written anywhere.</summary>
/// <remarks>Spec: docs/protocol/rooms.md §3.4, §4.5 to §4.8.</remarks>
internal sealed class LiveRoom
{
    private const int PiecesOverhead = 64;

    private readonly Lock _gate = new();
    private readonly RoomLimits _limits;
    private readonly TimeProvider _clock;
    private readonly RoomTotals _totals;
    private readonly Dictionary<SessionId, Membership> _members = [];
    private readonly KeptItems _kept = new();
    private readonly Queue<KeptItems> _whispers = [];
    private readonly OrderedDictionary<PieceId, ReadOnlyMemory<byte>> _pieces = [];
    private readonly StatementChain _chain;
    private Bucket _said;
    private ulong _number;
    private long _keptBytes;
    private long _whisperedBytes;
    private int _forgotten; // entries of _whispers that nothing is left of
    private long _pieceBytes;
    private long _lastFrame;
    private long _ownerLostSince;
    private bool _ownerIsHere;

    /// <summary>A room without anybody yet; its owner has a minute to come.</summary>
    public LiveRoom(StatementChain chain, RoomLimits limits, RoomTotals totals, TimeProvider clock, RandomSource random)
    {
        _chain = chain;
        _limits = limits;
        _totals = totals;
        _clock = clock;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        random.Fill(bytes);
        Instance = BinaryPrimitives.ReadUInt64BigEndian(bytes) | 1;
        _said = new Bucket(limits.Room, clock);
        _lastFrame = _ownerLostSince = clock.GetTimestamp();
    }

    /// <summary>Which holding of the room this is.</summary>
    public ulong Instance { get; }

    /// <summary>Where it is.</summary>
    public RoomAddress Address => _chain.Address;

    /// <summary>True when it is to be forgotten.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Places of items to one member, also of such as are forgotten.</summary>
    public int Whispers
    {
        get
        {
            lock (_gate)
                return _whispers.Count;
        }
    }

    /// <summary>Lets somebody in, or back in; null with the reason if not.</summary>
    public Membership? TryEnter(RoomEntry entry, out RoomRefusal refusal, out RoomAnswer? answer)
    {
        lock (_gate)
        {
            answer = null;
            refusal = Refuse(entry);
            if (refusal != RoomRefusal.None)
                return null;
            // the older connection's stream, if there is one, ends with a word about it; the session goes on here
            var before = _members.GetValueOrDefault(entry.Session);
            before?.Finish(RoomEnd.Elsewhere);
            var member = New(entry.Session, before);
            member.Cursor = CursorFor(entry, before);
            member.EnteredAt = _number;
            answer = Describe(entry.Session);
            return member;
        }
    }

    /// <summary>The membership is connected: the others learn of it.</summary>
    public void Connected(Membership member, StackPeer peer)
    {
        lock (_gate)
        {
            // it may have gone on elsewhere, or be out, since it was let in
            if (IsOver || _members.GetValueOrDefault(member.Session) != member)
                return;
            member.Peer = peer;
            member.WasIn = true;
            if (member.Session == _chain.Owner)
                _ownerIsHere = true;
            AddPresence(member.Session, Presence.Here, TimeSpan.Zero);
        }
    }

    /// <summary>The connection of a membership is gone; it may come back.</summary>
    public void Disconnected(Membership member)
    {
        lock (_gate)
        {
            if (IsOver || _members.GetValueOrDefault(member.Session) != member || member.End != RoomEnd.None)
                return;
            member.Peer = null;
            member.AwaySince = _clock.GetTimestamp();
            if (member.Session == _chain.Owner)
                (_ownerIsHere, _ownerLostSince) = (false, member.AwaySince);
            AddPresence(member.Session, Presence.Away, RoomsNetwork.Grace);
        }
    }

    /// <summary>A member leaves for good; the owner's leaving ends the room. From an older connection of a session it means nothing.</summary>
    public void Leave(Membership member)
    {
        lock (_gate)
        {
            if (IsOver || _members.GetValueOrDefault(member.Session) != member)
                return;
            if (member.Session == _chain.Owner)
                Close(RoomEnd.OwnerLeft);
            else
                Drop(member);
        }
    }

    /// <summary>How long a member waits before its next frame is taken.</summary>
    public TimeSpan Charge(Membership member, bool isToAll)
    {
        lock (_gate)
        {
            if (!isToAll)
            {
                var whispered = member.Whispered;
                var alone = whispered.Take(_limits.Private, _clock);
                member.Whispered = whispered;
                return alone;
            }
            var said = member.Said;
            var wait = said.Take(_limits.Session, _clock);
            member.Said = said;
            var all = _said.Take(_limits.Room, _clock);
            return wait > all ? wait : all;
        }
    }

    /// <summary>Gives a frame its number, and to whom it goes.</summary>
    public void Say(Membership member, in RoomRequest request)
    {
        lock (_gate)
        {
            if (IsOver || member.End != RoomEnd.None)
                return;
            var to = request.To.IsEverybody ? null : _members.GetValueOrDefault(request.To);
            if (!request.To.IsEverybody && to is null)
                return;
            _lastFrame = _clock.GetTimestamp();
            var number = ++_number;
            var item = new KeptItem { Number = number, IsPassing = request.IsPassing, Bytes = RoomItem.Frame(number, request.IsPassing, member.Session, request.To, request.Body) };
            if (to is null)
                Add(item);
            else
                Whisper(to, item);
        }
    }

    /// <summary>Does what the owner decided; false if the statement is not right.</summary>
    public bool State(Statement statement)
    {
        lock (_gate)
        {
            if (IsOver)
                return true;
            // members bring what a relay that was started again may lack: that it is here already is no fault
            if (statement.Number < (uint)_chain.Count)
                return _chain.All[(int)statement.Number].Hash == statement.Hash;
            var formerOwner = _chain.Owner;
            if (_chain.TryAdd(statement) != StatementError.None)
                return false;
            var number = ++_number;
            Add(new KeptItem { Number = number, Bytes = RoomItem.Stated(number, statement) });
            Act(statement, formerOwner);
            return true;
        }
    }

    /// <summary>Adds statements that a member brought to a reopened room; false if they don't go on from what is here.</summary>
    public bool TryExtend(StatementChain brought)
    {
        lock (_gate)
        {
            if (!_chain.Agrees(brought))
                return false;
            foreach (var statement in brought.All.Skip(_chain.Count).ToList())
                _ = State(statement);
            return true;
        }
    }

    /// <summary>The next items for a member, at most so many; empty: there are none now. False: it fell behind.</summary>
    public bool TryTake(Membership member, List<KeptItem> items, int most)
    {
        items.Clear();
        lock (_gate)
        {
            if (IsOver)
                return true;
            // what is forgotten between its entry and its first item, its own presence at least, doesn't make it fall behind again
            if (!member.HasTaken)
                (member.HasTaken, member.Cursor, member.Passed) = (true, Math.Max(member.Cursor, _kept.Forgotten), member.Own.Forgotten);
            if (member.Cursor < _kept.Forgotten || (member.Cursor < member.Own.Forgotten && member.Passed < member.Own.Forgotten))
                return false;
            while (items.Count < most && Next(member) is { } item)
            {
                member.Cursor = item.Number;
                if (!item.IsPassing || item.Number > member.EnteredAt)
                    items.Add(item);
            }
            return true;
        }
    }

    /// <summary>What time does: absent ones go, an absent owner ends the room, and so does a day of silence.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            if (IsOver)
                return;
            if (!_ownerIsHere && _clock.GetElapsedTime(_ownerLostSince) >= RoomsNetwork.Grace)
            {
                Close(RoomEnd.OwnerLost);
                return;
            }
            if (_clock.GetElapsedTime(_lastFrame) >= _limits.Idle)
            {
                Close(RoomEnd.Idle);
                return;
            }
            foreach (var member in _members.Values.Where(member => member.Peer is null && _clock.GetElapsedTime(member.AwaySince) >= RoomsNetwork.Grace).ToList())
                Drop(member);
        }
    }

    /// <summary>Ends the room without a word about why, as the relay stops.</summary>
    public void Abandon()
    {
        lock (_gate)
            Forget();
    }

    /// <summary>Puts a piece; the oldest go where there is no place.</summary>
    public bool TryPut(in PieceId piece, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (IsOver || _pieces.ContainsKey(piece))
                return false;
            var size = bytes.Length + PiecesOverhead;
            while (_pieceBytes + size > _limits.PieceBytes && _pieces.Count > 0)
                DropOldestPiece();
            if (_pieceBytes + size > _limits.PieceBytes || !_totals.TryTakePieces(size))
                return false;
            _pieces.Add(piece, bytes.ToArray());
            _pieceBytes += size;
            return true;
        }
    }

    /// <summary>A piece; false if there is none of that name.</summary>
    public bool TryGet(in PieceId piece, out ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
            return _pieces.TryGetValue(piece, out bytes);
    }

    private RoomRefusal Refuse(RoomEntry entry)
    {
        if (IsOver)
            return RoomRefusal.NoSuchRoom;
        if (_chain.WasRemoved(entry.Session))
            return RoomRefusal.Removed;
        if (_members.ContainsKey(entry.Session))
            return RoomRefusal.None;
        // after a restart of the relay nobody is known: who holds the statements may come back into a locked room; its members still give no keys to strangers
        if (_chain.IsLocked && entry.Kind != EntryKind.Reopen && entry.Session != _chain.Owner)
            return RoomRefusal.Locked;
        return _members.Count >= Math.Min(_chain.Opening.Participants, _limits.MaxParticipants) ? RoomRefusal.Full : RoomRefusal.None;
    }

    // who was in before the relay's restart is given what others said here meanwhile
    private ulong CursorFor(RoomEntry entry, Membership? before)
    {
        if (entry.Instance == Instance && entry.After <= _number)
            return Math.Max(entry.After, _kept.Forgotten);
        return entry.Kind is EntryKind.Resume or EntryKind.Reopen && before is not { WasIn: true } ? _kept.Forgotten : _number;
    }

    private Membership New(in SessionId session, Membership? before)
    {
        var member = new Membership(session, this, before?.Own ?? new KeptItems())
        {
            Said = before?.Said ?? new Bucket(_limits.Session, _clock),
            Whispered = before?.Whispered ?? new Bucket(_limits.Private, _clock),
            AwaySince = _clock.GetTimestamp(),
        };
        _members[session] = member;
        return member;
    }

    private RoomAnswer Describe(SessionId newcomer) => new()
    {
        Instance = Instance,
        Number = _number,
        Oldest = _kept.Forgotten + 1,
        OwnerDeadline = _ownerIsHere || newcomer == _chain.Owner ? TimeSpan.Zero : Left(_ownerLostSince),
        Statements = [.. _chain.All],
        Members = [.. _members.Values.Select(member => new RoomMember(member.Session, member.Peer is null && member.Session != newcomer ? Presence.Away : Presence.Here))],
    };

    private TimeSpan Left(long since)
    {
        var left = RoomsNetwork.Grace - _clock.GetElapsedTime(since);
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }

    private KeptItem? Next(Membership member)
    {
        var (toAll, own) = (_kept.After(member.Cursor), member.Own.After(member.Cursor));
        return toAll is null || own?.Number < toAll.Number ? own : toAll;
    }

    private void Act(Statement statement, in SessionId formerOwner)
    {
        switch (statement.Kind)
        {
            case StatementKind.Remove when _members.Remove(statement.Session, out var removed):
                ForgetWhispers(removed.Own);
                removed.Finish(RoomEnd.Removed);
                break;
            case StatementKind.HandOver:
                _ownerIsHere = _members.GetValueOrDefault(statement.Session)?.Peer is not null;
                _ownerLostSince = _clock.GetTimestamp();
                if (!_ownerIsHere)
                    AwaitOwner(statement.Session);
                break;
            case StatementKind.Close:
                Close(RoomEnd.Closed);
                break;
            case StatementKind.Opening:
            case StatementKind.Lock:
            case StatementKind.Unlock:
            case StatementKind.Remove:
            default:
                break;
        }
    }

    // the room was given to somebody who is away: who has a minute from now, and all are told
    private void AwaitOwner(in SessionId owner)
    {
        if (_members.TryGetValue(owner, out var member))
            member.AwaySince = _ownerLostSince;
        AddPresence(owner, Presence.Away, RoomsNetwork.Grace);
    }

    private void Drop(Membership member)
    {
        _ = _members.Remove(member.Session);
        ForgetWhispers(member.Own);
        AddPresence(member.Session, Presence.Left, TimeSpan.Zero);
        member.Finish(RoomEnd.OwnerLeft);
    }

    private void Close(RoomEnd reason)
    {
        foreach (var member in _members.Values)
            member.Finish(reason);
        Forget();
    }

    private void Forget()
    {
        IsOver = true;
        _members.Clear();
        _totals.ReleaseKept(_keptBytes + _whisperedBytes);
        _totals.ReleasePieces(_pieceBytes);
        while (_kept.Count > 0)
            _ = _kept.DropOldest();
        _whispers.Clear();
        _pieces.Clear();
        (_keptBytes, _whisperedBytes, _pieceBytes, _forgotten) = (0, 0, 0, 0);
    }

    private void AddPresence(in SessionId session, Presence presence, TimeSpan left)
    {
        var number = ++_number;
        Add(new KeptItem { Number = number, IsPassing = true, Bytes = RoomItem.Present(number, session, presence, left) });
    }

    private void Add(KeptItem item)
    {
        _keptBytes += item.Bytes.Length;
        _totals.TakeKept(item.Bytes.Length);
        _kept.Add(item);
        while (_kept.Count > 1 && (_kept.Count > _limits.KeptFrames || _keptBytes > _limits.KeptBytes || _totals.IsOverKept))
        {
            var size = _kept.DropOldest();
            _keptBytes -= size;
            _totals.ReleaseKept(size);
        }
        foreach (var member in _members.Values)
            member.Signal();
    }

    // what goes to one pushes out nothing that goes to all: in a large room each introduces itself to each
    private void Whisper(Membership to, KeptItem item)
    {
        to.Own.Add(item);
        _whispers.Enqueue(to.Own);
        _whisperedBytes += item.Bytes.Length;
        _totals.TakeKept(item.Bytes.Length);
        while (_whispers.Count > 1 && (_whisperedBytes > _limits.WhisperedBytes || _totals.IsOverKept))
        {
            if (_whispers.Dequeue() is { Count: > 0 } oldest)
                ForgetWhisper(oldest);
            else
                _forgotten--;
        }
        to.Signal();
    }

    // of one who is out: their places in the queue go once they are half of it
    private void ForgetWhispers(KeptItems own)
    {
        _forgotten += own.Count;
        while (own.Count > 0)
            ForgetWhisper(own);
        if (_forgotten <= _whispers.Count / 2)
            return;
        for (var i = _whispers.Count; i > 0; i--)
        {
            if (_whispers.Dequeue() is { Count: > 0 } kept)
                _whispers.Enqueue(kept);
        }
        _forgotten = 0;
    }

    private void ForgetWhisper(KeptItems own)
    {
        var size = own.DropOldest();
        _whisperedBytes -= size;
        _totals.ReleaseKept(size);
    }

    private void DropOldestPiece()
    {
        var size = _pieces.GetAt(0).Value.Length + PiecesOverhead;
        _pieces.RemoveAt(0);
        _pieceBytes -= size;
        _totals.ReleasePieces(size);
    }
}
