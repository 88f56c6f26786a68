using System.Security.Cryptography;
using System.Text;
using Secrets.Client.Engine;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Rooms;

/// <summary>One room that this program is in: its machine, its lines, its connection.</summary>
/// <remarks>The machine is used under the lock; whatever waits does so outside of it.</remarks>
internal sealed partial class Room : IAsyncDisposable
{
    private const int MaxLines = 5_000;
    private static readonly TimeSpan StatePause = TimeSpan.FromMilliseconds(500);

    private readonly RoomClientOptions _options;
    private readonly EventHub<RoomEvent> _events;
    private readonly RoomCode _code;
    private readonly Func<RoomKeys, RandomSource, RoomMachine>? _make;
    private readonly Lock _gate = new();
    private readonly List<RoomLine> _lines = [];
    private readonly Dictionary<string, RoomLine> _byId = new(StringComparer.Ordinal);
    private readonly ITimer _stateTimer;
    private readonly ITimer _lifeTimer;
    private readonly DateTimeOffset _entered;
    private RoomMachine? _machine;
    private RoomEnding _ending;
    private DateTimeOffset? _ownerDeadline;
    private long _position;
    private bool _isAnnounced;
    private bool _stateIsDue;
    private string _label;

    public Room(RoomClientOptions options, EventHub<RoomEvent> events, RoomCode code, string label, Func<RoomKeys, RandomSource, RoomMachine> make)
        : this(options, events, code, label) => _make = make;

    /// <summary>A session that comes back, with the lines that were seen before.</summary>
    public Room(RoomClientOptions options, EventHub<RoomEvent> events, RoomCode code, string label, RoomMachine machine, IReadOnlyDictionary<string, RoomFile> files, IReadOnlyList<RoomMessageView> earlier)
        : this(options, events, code, label)
    {
        _machine = machine;
        // the newest; what the page has beyond them keeps its places
        _position = earlier.Count == 0 ? 0 : earlier.Max(static seen => seen.Position);
        foreach (var seen in earlier.TakeLast(MaxLines))
        {
            var line = RoomLine.Of(seen, files.GetValueOrDefault(seen.Id));
            if (_byId.TryAdd(line.Id, line))
                _lines.Add(line);
        }
    }

    private Room(RoomClientOptions options, EventHub<RoomEvent> events, RoomCode code, string label)
    {
        _options = options;
        _events = events;
        _code = code;
        _label = label;
        _entered = options.Time.GetUtcNow();
        Span<byte> id = stackalloc byte[16];
        options.Random.Fill(id);
        Id = Convert.ToHexStringLower(id);
        _lifeTimer = options.Time.CreateTimer(static room => ((Room)room!).GiveSignOfLife(), this, RoomsNetwork.SignOfLife, RoomsNetwork.SignOfLife);
        _calls = new RoomCalls(options.Random);
        _callTimer = options.Time.CreateTimer(static room => ((Room)room!).OnCallTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stateTimer = options.Time.CreateTimer(static room => ((Room)room!).TellState(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Id { get; }

    private RoomMachine Machine => _machine ?? throw new InvalidOperationException("The room was not entered.");

    private ulong Now => (ulong)_options.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>True if this is the room of a code, and it has not ended.</summary>
    public bool IsOpenAs(RoomCode code)
    {
        lock (_gate)
            return _ending == RoomEnding.None && _code.Relay == code.Relay && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_code.FormatWords()), Encoding.UTF8.GetBytes(code.FormatWords()));
    }

    public RoomView View()
    {
        lock (_gate)
        {
            return new RoomView
            {
                Id = Id,
                Label = _label,
                Code = _code.FormatWords(),
                Link = _code.FormatLink(_options.AppAddress),
                Qr = _code.FormatQr(),
                Relay = _code.Relay!,
                Stage = _ending != RoomEnding.None ? RoomStage.Ended : _connection is null ? RoomStage.Connecting : _ownerDeadline is not null ? RoomStage.OwnerAway : RoomStage.In,
                Ending = _ending,
                Deadline = _ownerDeadline,
                Locked = Machine.IsLocked,
                Me = Hex(Machine.Me),
                Name = Machine.Name,
                IsOwner = Machine.IsOwner,
                Owner = Hex(Machine.Owner),
                Members = [Myself(), .. Machine.People.Select(Shown)],
                SafetyWords = Machine.SafetyWords(),
                MaxParticipants = Machine.MaxParticipants,
                Entered = _entered,
                Call = _ending == RoomEnding.None ? CallView() : null,
            };
        }
    }

    public IReadOnlyList<RoomMessageView> Messages()
    {
        lock (_gate)
            return [.. _lines.Select(line => line.View(Id))];
    }

    /// <summary>From here on what happens is told.</summary>
    public void Announce()
    {
        lock (_gate)
        {
            _isAnnounced = true;
            Tell(RoomEventKind.RoomChanged);
            StateChanged();
        }
    }

    public RoomMessageView Send(string text, string? replyTo)
    {
        if (!RoomContent.IsText(text))
            throw new ClientException(ClientError.BadText);
        lock (_gate)
        {
            CheckOpen();
            var content = replyTo is null ? RoomContent.OfText(text) : RoomContent.OfReply(FindMessage(replyTo), text);
            return Say(content);
        }
    }

    public void React(string message, string sign)
    {
        if (!RoomContent.IsReaction(sign))
            throw new ClientException(ClientError.BadText);
        lock (_gate)
        {
            CheckOpen();
            _ = Machine.Say(RoomContent.OfReaction(FindMessage(message), sign), Now);
            Drain();
        }
    }

    public void Type(bool isOn)
    {
        lock (_gate)
        {
            if (_connection is null || _ending != RoomEnding.None)
                return;
            Machine.Type(isOn, Now);
            Drain();
        }
    }

    public void Rename(string name)
    {
        lock (_gate)
        {
            CheckOpen();
            _ = Machine.Say(RoomContent.OfName(name), Now);
            Drain();
            Tell(RoomEventKind.RoomChanged);
        }
    }

    /// <summary>Gives the room another label, which nobody else sees.</summary>
    public void Label(string label)
    {
        lock (_gate)
        {
            _label = label;
            Tell(RoomEventKind.RoomChanged);
            StateChanged();
        }
    }

    /// <summary>An act of the owner.</summary>
    public void Decide(Func<RoomMachine, bool> act)
    {
        lock (_gate)
        {
            CheckOpen();
            if (!Machine.IsOwner)
                throw new ClientException(ClientError.NotRoomOwner);
            if (_connection is null)
                throw new ClientException(ClientError.RelayNotReached);
            if (!act(Machine))
                throw new ClientException(ClientError.UnknownPerson);
            Drain();
        }
    }

    /// <summary>An act of the owner about somebody.</summary>
    public void Decide(string session, Func<RoomMachine, SessionId, ulong, bool> act)
    {
        var id = Parse(session);
        Decide(machine => act(machine, id, Now));
    }

    public ReadOnlyMemory<byte> Keep()
    {
        lock (_gate)
        {
            CheckOpen();
            return RoomState.Write(_code, _label, Files(), Machine);
        }
    }

    private static string Hex(in SessionId session) => session.IsEverybody ? "" : Convert.ToHexStringLower(session.Bytes);

    private static SessionId Parse(string session)
    {
        Span<byte> bytes = stackalloc byte[SessionId.Size];
        return session.Length == 2 * SessionId.Size && Convert.FromHexString(session, bytes, out _, out _) == System.Buffers.OperationStatus.Done && SessionId.TryRead(bytes, out var id)
            ? id
            : throw new ClientException(ClientError.UnknownPerson);
    }

    private void CheckOpen()
    {
        if (_ending != RoomEnding.None)
            throw new ClientException(ClientError.RoomEnded);
    }

    private RoomMemberView Myself() => new() { Session = Hex(Machine.Me), Name = Machine.Name, Own = true, Owner = Machine.IsOwner, Away = false };

    private RoomMemberView Shown(RoomPerson person) =>
        new() { Session = Hex(person.Session), Name = person.Name, Own = false, Owner = person.Session == Machine.Owner, Away = person.Presence == Presence.Away };

    private RoomMessageId FindMessage(string message)
    {
        Span<byte> bytes = stackalloc byte[RoomMessageId.Size];
        if (!_byId.TryGetValue(message, out var line) || line.Notice != RoomNotice.None || Convert.FromHexString(message, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            throw new ClientException(ClientError.UnknownMessage);
        _ = RoomMessageId.TryRead(bytes, out var id);
        return id;
    }

    private RoomMessageView Say(RoomContent content)
    {
        var id = Machine.Say(content, Now);
        Drain();
        return _byId[Convert.ToHexStringLower(id.Bytes)].View(Id);
    }

    /// <summary>Hands on what the machine wants to send and has to tell.</summary>
    private void Drain()
    {
        SendRequests();
        while (Machine.TryTakeHeard(out var heard))
        {
            Take(heard!);
            // a call answers at once
            SendRequests();
        }
        StateChanged();
    }

    private void SendRequests()
    {
        while (Machine.TryTakeRequest(out var request))
            _ = _connection?.Out.Writer.TryWrite(request);
    }

    private void StateChanged()
    {
        if (_stateIsDue || !_isAnnounced)
            return;
        _stateIsDue = true;
        _ = _stateTimer.Change(StatePause, Timeout.InfiniteTimeSpan);
    }

    private void GiveSignOfLife()
    {
        lock (_gate)
        {
            if (_connection is null || _ending != RoomEnding.None)
                return;
            _ = _connection.Out.Writer.TryWrite(RoomRequest.Here());
            Machine.Pass(Now);
            Drain();
        }
    }

    private void TellState()
    {
        lock (_gate)
        {
            _stateIsDue = false;
            if (_ending == RoomEnding.None)
                Tell(RoomEventKind.StateChanged);
        }
    }

    private void Tell(RoomEventKind kind, RoomLine? line = null)
    {
        if (_isAnnounced)
            _events.Publish(new RoomEvent { Kind = kind, Id = Id, Room = kind == RoomEventKind.RoomChanged ? View() : null, Message = line?.View(Id) });
    }
}
