using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>One session in a room, without input, output or a clock: takes what the relay sends, gives what is to be sent to it and what happened.</summary>
/// <remarks>
/// Used by one caller at a time. After every call take <see cref="TryTakeRequest"/> and <see cref="TryTakeHeard"/> until they are empty. Refused input leaves
/// it as it was. Owns its keys. Spec: docs/protocol/rooms.md §4.
/// </remarks>
public sealed partial class RoomMachine : IDisposable
{
    private const int MaxPeople = 1_000;
    private const int MaxSeen = 1_024;

    private readonly RoomKeys _keys;
    private readonly RandomSource _random;
    private readonly Ed25519PrivateKey _session;
    private readonly X25519PrivateKey _agreement;
    private readonly Ed25519PrivateKey _ownerKey;
    private readonly Dictionary<SessionId, RoomPerson> _people = [];
    private readonly Queue<ReadOnlyMemory<byte>> _requests = [];
    private readonly Queue<RoomHeard> _heard = [];
    private readonly List<(ReadOnlyMemory<byte> Body, ulong Said)> _unconfirmed = [];
    private readonly HashSet<RoomMessageId> _seen = [];
    private readonly Queue<RoomMessageId> _seenInOrder = [];
    private readonly Dictionary<uint, (Hash256 Hash, ulong Since)> _promised = [];
    private readonly Dictionary<uint, Statement> _ahead = [];
    private readonly HashSet<SessionId> _inAtEntry = [];
    private readonly HashSet<SessionId> _admitted = [];
    private SenderKey _sender;
    private StatementChain? _chain;
    private RoomMessageId _lastHeard;
    private ulong _instance;
    private ulong _lastNumber;
    private ulong _numberAtEntry;
    private ulong _lastOwnNumber;
    private int _shown;
    private bool _isIn;

    private RoomMachine(RoomKeys keys, string name, RandomSource random, Ed25519PrivateKey session, X25519PrivateKey agreement, Ed25519PrivateKey ownerKey)
    {
        _keys = keys;
        _random = random;
        _session = session;
        _agreement = agreement;
        _ownerKey = ownerKey;
        _sender = SenderKey.Generate(random);
        Name = name;
        Me = SessionId.FromKey(session.PublicKey);
    }

    /// <summary>Where the room is.</summary>
    public RoomAddress Address => _keys.Address;

    /// <summary>The own session.</summary>
    public SessionId Me { get; }

    /// <summary>The own name.</summary>
    public string Name { get; private set; }

    /// <summary>The owner's session; everybody's id before the room was entered.</summary>
    public SessionId Owner => _chain?.Owner ?? default;

    /// <summary>True if the own session owns the room.</summary>
    public bool IsOwner => _chain is not null && _chain.OwnerKey == _ownerKey.PublicKey;

    /// <summary>True while nobody new may enter.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Most participants.</summary>
    public int MaxParticipants => _chain?.Opening.Participants ?? 0;

    /// <summary>Why it ended; <see cref="RoomEnd.None"/> while it hasn't.</summary>
    public RoomEnd End { get; private set; }

    /// <summary>Everybody else who is here or away and was introduced.</summary>
    public IEnumerable<RoomPerson> People => _people.Values.Where(static person => person.IsIntroduced && person.Presence != Presence.Left);

    /// <summary>A session that opens a room. Owns the keys from here on.</summary>
    /// <exception cref="ArgumentException">The name can't be one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 or more than 200 participants.</exception>
    public static RoomMachine Open(RoomKeys keys, string name, int participants, RandomSource random)
    {
        var machine = Join(keys, name, random);
        _ = StatementChain.TryBegin(Statement.Open(keys.Joining, machine._ownerKey, machine.Me, participants), keys.Address, out var chain);
        machine.ShowAll(chain!);
        return machine;
    }

    /// <summary>A session that joins a room. Owns the keys from here on.</summary>
    /// <exception cref="ArgumentException">The name can't be one.</exception>
    public static RoomMachine Join(RoomKeys keys, string name, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(random);
        _ = RoomContent.OfName(name);
        return new RoomMachine(keys, name, random, Ed25519PrivateKey.Generate(random), X25519PrivateKey.Generate(random), Ed25519PrivateKey.Generate(random));
    }

    /// <summary>What somebody calls itself who is in, or was; empty: nobody that is known.</summary>
    public string NameOf(in SessionId session) => session == Me ? Name : _people.GetValueOrDefault(session)?.Name ?? "";

    /// <summary>How this session enters now: <paramref name="mayReopen"/> if the relay said that it has no such room.</summary>
    public EntryKind NextEntry(bool mayReopen) =>
        !_isIn ? (_chain is null ? EntryKind.Join : EntryKind.Open) : mayReopen ? EntryKind.Reopen : EntryKind.Resume;

    /// <summary>The entry for one connection.</summary>
    public ReadOnlyMemory<byte> Enter(EntryKind kind, in RoomChallenge challenge, ulong work, in Hash256 binding)
    {
        IReadOnlyList<Statement> statements = kind is EntryKind.Open or EntryKind.Reopen ? _chain!.All : [];
        var comesBack = kind is EntryKind.Resume or EntryKind.Reopen;
        return RoomEntry.Create(kind, _keys.Joining, _session, comesBack ? _instance : 0, comesBack ? _lastNumber : 0, work, statements, challenge, binding);
    }

    /// <summary>The relay let the session in: takes the room as it is, and introduces itself under a new sender key.</summary>
    public RoomFrameError Entered(RoomAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (StatementChain.TryBegin(answer.Statements, Address, out var chain) != StatementError.None || (_chain is not null && !_chain.Agrees(chain!)))
            return RoomFrameError.WrongStatement;
        _requests.Clear();
        _ahead.Clear();
        if (WasOpen(chain!, answer.Instance))
            Admit(answer.Members);
        var missed = TakeChain(chain!);
        var counting = Counting(answer);
        var isMadeAnew = _isIn && _instance != answer.Instance;
        TakePlace(answer);
        TakeMembers(answer.Members, isMadeAnew);
        _isIn = true;
        OweAnew(counting);
        RenewSender(counting);
        Announce();
        foreach (var statement in missed)
            _requests.Enqueue(RoomRequest.State(statement));
        foreach (var (body, _) in _unconfirmed)
            _requests.Enqueue(RoomRequest.Say(default, isPassing: false, body.Span));
        if (answer.OwnerDeadline > TimeSpan.Zero)
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.OwnerAway, Session = Owner, Left = answer.OwnerDeadline });
        return RoomFrameError.None;
    }

    /// <summary>The connection is gone: what was to be sent on it is not.</summary>
    public void Disconnected() => _requests.Clear();

    /// <summary>While connected, every now and then: who had the time to come back, and is not back, has left.</summary>
    public void Pass(ulong now)
    {
        if (End != RoomEnd.None)
            return;
        CheckPromised(now);
        CheckReturned(now);
    }

    /// <summary>The next item for the relay.</summary>
    public bool TryTakeRequest(out ReadOnlyMemory<byte> request) => _requests.TryDequeue(out request);

    /// <summary>The next thing that happened.</summary>
    public bool TryTakeHeard(out RoomHeard? heard) => _heard.TryDequeue(out heard);

    /// <summary>Seven words that are the same for all who are introduced to one another, to be compared aloud. They change when somebody comes or goes.</summary>
    /// <exception cref="InvalidOperationException">The room was not entered.</exception>
    public IReadOnlyList<string> SafetyWords()
    {
        var chain = _chain ?? throw new InvalidOperationException("The room was not entered.");
        SessionId[] sessions = [.. People.Select(static person => person.Session), Me];
        Array.Sort(sessions, static (one, other) => one.CompareTo(other));
        var hash = LabelledHash.Start(Labels.Words).Add(Address.Bytes).Add(chain.Opening.Hash.Bytes);
        foreach (var session in sessions)
            _ = hash.Add(session.Bytes);
        var bytes = hash.Finish();
        return [.. Enumerable.Range(0, RoomCode.WordCount).Select(i => WordList.Plain[BinaryPrimitives.ReadUInt16BigEndian(bytes.Bytes[(i * sizeof(ushort))..]) % WordList.PlainCount])];
    }

    /// <summary>Wipes all keys.</summary>
    public void Dispose()
    {
        foreach (var person in _people.Values)
            person.Dispose();
        _people.Clear();
        foreach (var session in _owed.Keys.ToList())
            Forgive(session);
        _sender.Dispose();
        _session.Dispose();
        _agreement.Dispose();
        _ownerKey.Dispose();
        _keys.Dispose();
    }

    /// <summary>True if those inside may all have come while the room was open: it was so at some time since what was known of it, and the relay has held it all that time.</summary>
    private bool WasOpen(StatementChain chain, ulong instance)
    {
        return _isIn && instance == _instance
            ? !IsLocked || chain.All.Skip(_chain!.Count).Any(static statement => statement.Kind == StatementKind.Unlock)
            : !IsLocked && !chain.IsLocked;
    }

    /// <summary>A chain of which the relay has shown everything.</summary>
    private void ShowAll(StatementChain chain)
    {
        _chain = chain;
        _shown = chain.Count;
        IsLocked = chain.IsLocked;
    }

    private void Admit(IReadOnlyList<RoomMember> members)
    {
        foreach (var member in members.Take(MaxPeople - _admitted.Count))
            _ = _admitted.Add(member.Session);
    }

    /// <summary>Takes the longer of two chains that agree; gives what the relay lacks.</summary>
    private List<Statement> TakeChain(StatementChain chain)
    {
        if (_chain is null)
        {
            ShowAll(chain);
            return [];
        }
        var missed = _chain.All.Skip(chain.Count).ToList();
        Show(Math.Min(chain.Count, _chain.Count));
        foreach (var statement in chain.All.Skip(_chain.Count))
            _ = TakeStatement(statement);
        return missed;
    }

    /// <summary>From which number on this session hears; who was in before the relay's restart hears what others said there meanwhile.</summary>
    private void TakePlace(RoomAnswer answer)
    {
        if (_instance != answer.Instance)
        {
            _lastNumber = _isIn ? Math.Max(answer.Oldest, 1) - 1 : answer.Number;
            (_awaitsReturn, _returnUntil) = (_isIn, 0);
        }
        else if (answer.Oldest > _lastNumber && answer.Oldest - _lastNumber > 1)
        {
            ForgetWhoIsCaughtUp();
        }
        _instance = answer.Instance;
        _numberAtEntry = answer.Number;
    }

    /// <summary>Who is in is what the answer says; who was in before a restart of the relay has a minute to come back.</summary>
    private void TakeMembers(IReadOnlyList<RoomMember> members, bool isMadeAnew)
    {
        var there = members.ToDictionary(static member => member.Session, static member => member.Presence);
        _inAtEntry.Clear();
        _inAtEntry.UnionWith(there.Keys);
        foreach (var person in _people.Values)
        {
            if (_awaitsReturn && !there.ContainsKey(person.Session) && (isMadeAnew ? person.Presence != Presence.Left : person.IsMissed))
                Miss(person);
            else
                SetPresence(person, there.GetValueOrDefault(person.Session, Presence.Left), TimeSpan.Zero);
        }
    }

    private void ForgetWhoIsCaughtUp()
    {
        foreach (var person in _people.Values)
            person.IsCaughtUp = false;
    }

    private void See(in RoomMessageId id)
    {
        if (!_seen.Add(id))
            return;
        _seenInOrder.Enqueue(id);
        if (_seenInOrder.Count > MaxSeen)
            _ = _seen.Remove(_seenInOrder.Dequeue());
    }
}
