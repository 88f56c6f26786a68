using Secrets.Client.Engine;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Rooms;
using Secrets.Protocol.Sessions;

namespace Secrets.Client.Rooms;

/// <summary>The rooms of one person in one program: opening, entering, coming back, talking. Needs no identity and keeps nothing.</summary>
/// <remarks>Everything is in memory and gone with it. Spec: docs/protocol/rooms.md.</remarks>
public sealed partial class RoomClient : IAsyncDisposable
{
    private const int MaxRooms = 16;
    private const int MaxLabel = 200;

    private readonly RoomClientOptions _options;
    private readonly EventHub<RoomEvent> _events = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>With no room.</summary>
    public RoomClient(RoomClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Opens a new room and is in it.</summary>
    /// <exception cref="ClientException">There is no relay, it is not reached, or it refuses.</exception>
    public async ValueTask<RoomView> OpenAsync(string? label, string? name, string? relay, int? maxParticipants, CancellationToken cancellationToken)
    {
        const int Fewest = 2;
        if (maxParticipants is < Fewest or > Transport.Rooms.RoomsNetwork.MaxParticipants)
            throw new ArgumentOutOfRangeException(nameof(maxParticipants));
        var address = await FindRelayAsync(relay, cancellationToken).ConfigureAwait(false);
        return await BeginAsync(
            RoomCode.Generate(address, _options.Random),
            label,
            (keys, random) => RoomMachine.Open(keys, Named(name), maxParticipants ?? Transport.Rooms.RoomsNetwork.DefaultParticipants, random),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Enters a room by its code or link.</summary>
    /// <exception cref="ClientException">It is no code, there is no such room, or the relay refuses.</exception>
    public async ValueTask<RoomView> EnterAsync(string code, string? label, string? name, string? relay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var error = RoomCode.TryParse(code, out var typed, out _, out _);
        if (error != RoomCodeError.None)
            throw new ClientException(Of(error));
        if (typed!.Relay is null)
        {
            using var bare = typed;
            typed = bare.At(await FindRelayAsync(relay, cancellationToken).ConfigureAwait(false));
        }
        lock (_gate)
        {
            // once is enough: a second session of one person would take a place, and be a stranger to the first
            if (_rooms.Values.FirstOrDefault(room => room.IsOpenAs(typed)) is { } known)
            {
                typed.Dispose();
                return known.View();
            }
        }
        return await BeginAsync(typed, label, (keys, random) => RoomMachine.Join(keys, Named(name), random), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Comes back to a room with what <see cref="Keep"/> gave.</summary>
    /// <exception cref="ClientException">It can't be read, or the room is gone.</exception>
    public ValueTask<RoomView> ResumeAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken) => ResumeAsync(state, [], cancellationToken);

    /// <summary>Comes back to a room with what <see cref="Keep"/> gave and the lines that were seen before, so that they can be answered.</summary>
    /// <exception cref="ClientException">It can't be read, or the room is gone.</exception>
    public async ValueTask<RoomView> ResumeAsync(ReadOnlyMemory<byte> state, IReadOnlyList<RoomMessageView> earlier, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (!RoomState.TryRead(state.Span, _options.Random, out var code, out var label, out var files, out var machine))
            throw new ClientException(ClientError.BadRoomState);
        return await AddAsync(new Room(_options, _events, code!, label, machine!, files, earlier), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what was typed as a code: whether it is one, and which word may be meant.</summary>
    public static RoomCodeView Check(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var error = RoomCode.TryParse(code, out var read, out var position, out var suggestion);
        using (read)
            return new RoomCodeView { Error = error == RoomCodeError.None ? null : Api.ApiError.Of(Of(error)), Position = position, Suggestion = suggestion, Relay = read?.Relay };
    }

    /// <summary>All rooms that were not forgotten, the first entered first.</summary>
    public IReadOnlyList<RoomView> List()
    {
        lock (_gate)
            return [.. _rooms.Values.Select(static room => room.View())];
    }

    /// <summary>A room.</summary>
    /// <exception cref="ClientException">There is none of this id.</exception>
    public RoomView Show(string room) => Find(room).View();

    /// <summary>What was said in a room, as far as this program heard it.</summary>
    /// <exception cref="ClientException">There is none of this id.</exception>
    public IReadOnlyList<RoomMessageView> Messages(string room) => Find(room).Messages();

    /// <summary>Says something.</summary>
    /// <exception cref="ClientException">It can't be said, or the room has ended.</exception>
    public RoomMessageView Send(string room, string text, string? replyTo) => Find(room).Send(text, replyTo);

    /// <summary>Puts a sign under a message; the empty sign takes it back.</summary>
    /// <exception cref="ClientException">It can't be one, or there is no such message.</exception>
    public void React(string room, string message, string sign) => Find(room).React(message, sign);

    /// <summary>Lays a file into a room.</summary>
    /// <exception cref="ClientException">It can't be sent, or the relay has no place for it.</exception>
    public ValueTask<RoomMessageView> SendFileAsync(string room, string name, string type, ReadOnlyMemory<byte> file, CancellationToken cancellationToken) => SendFileAsync(room, name, type, file, null, cancellationToken);

    /// <summary>Lays a file into a room; how far it is comes with <see cref="RoomEventKind.FileProgress"/> under the name of one's own that is given here.</summary>
    /// <exception cref="ClientException">It can't be sent, the relay has no place for it, or it was stopped.</exception>
    public ValueTask<RoomMessageView> SendFileAsync(string room, string name, string type, ReadOnlyMemory<byte> file, string? upload, CancellationToken cancellationToken) => Find(room).SendFileAsync(name, type, file, upload, cancellationToken);

    /// <summary>Stops a file on its way; nobody is told of it. Nothing happens if it is there already.</summary>
    /// <exception cref="ClientException">There is no room of this id.</exception>
    public Task StopFileAsync(string room, string upload) => Find(room).StopFileAsync(upload);

    /// <summary>Fetches a file of a message.</summary>
    /// <exception cref="ClientException">There is none, or it is gone.</exception>
    public ValueTask<(RoomFileView File, ReadOnlyMemory<byte> Bytes)> GetFileAsync(string room, string message, CancellationToken cancellationToken) => Find(room).GetFileAsync(message, cancellationToken);

    /// <summary>Tells the others that this person types, or no longer.</summary>
    /// <exception cref="ClientException">There is none of this id.</exception>
    public void Type(string room, bool isOn) => Find(room).Type(isOn);

    /// <summary>Has another name in the room.</summary>
    /// <exception cref="ClientException">It can't be one.</exception>
    public void Rename(string room, string name) => Find(room).Rename(Named(name));

    /// <summary>Gives a room another label, which nobody else sees; the empty one takes it away.</summary>
    /// <exception cref="ClientException">It is too long.</exception>
    public void Label(string room, string label) => Find(room).Label(Labelled(label));

    /// <summary>Locks a room of one's own, or unlocks it.</summary>
    /// <exception cref="ClientException">It is another's.</exception>
    public void Lock(string room, bool isLocked) => Find(room).Decide(machine => machine.Lock(isLocked));

    /// <summary>Removes somebody from a room of one's own, who still knows the code: lock it too.</summary>
    /// <exception cref="ClientException">It is another's, or that person is not in.</exception>
    public void Remove(string room, string session) => Find(room).Decide(session, static (machine, id, now) => machine.Remove(id, now));

    /// <summary>Gives a room of one's own to somebody in it.</summary>
    /// <exception cref="ClientException">It is another's, or that person is not in.</exception>
    public void HandOver(string room, string session) => Find(room).Decide(session, static (machine, id, _) => machine.HandOver(id));

    /// <summary>What this session needs to come back: secret, and nothing of what was said. Changes with <see cref="RoomEventKind.StateChanged"/>.</summary>
    /// <exception cref="ClientException">There is none of this id, or it has ended.</exception>
    public ReadOnlyMemory<byte> Keep(string room) => Find(room).Keep();

    /// <summary>Leaves a room, which ends it for all if it is one's own, and forgets it here.</summary>
    /// <exception cref="ClientException">There is none of this id.</exception>
    public async ValueTask LeaveAsync(string room)
    {
        var found = Find(room);
        await found.LeaveAsync().ConfigureAwait(false);
        lock (_gate)
            _ = _rooms.Remove(room);
        await found.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What happens from now on.</summary>
    public IAsyncEnumerable<RoomEvent> ListenAsync(CancellationToken cancellationToken) => _events.ListenAsync(cancellationToken);

    /// <summary>Loses all connections; the others see this person as away, then as gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Room[] rooms;
        lock (_gate)
        {
            rooms = [.. _rooms.Values];
            _rooms.Clear();
        }
        foreach (var room in rooms)
            await room.DisposeAsync().ConfigureAwait(false);
        _events.Complete();
    }

    private static ClientError Of(RoomCodeError error) => error switch
    {
        RoomCodeError.Typo => ClientError.RoomCodeMistyped,
        RoomCodeError.OtherVersion => ClientError.RoomCodeOfAnotherVersion,
        _ => ClientError.RoomCodeOfAnotherKind,
    };

    private async ValueTask<RoomView> BeginAsync(RoomCode code, string? label, Func<RoomKeys, RandomSource, RoomMachine> make, CancellationToken cancellationToken)
    {
        var labelled = Labelled(label);
        return await AddAsync(new Room(_options, _events, code, labelled, make), cancellationToken).ConfigureAwait(false);
    }

    private static string Labelled(string? label) => label is null or { Length: <= MaxLabel } ? label?.Trim() ?? "" : throw new ClientException(ClientError.BadName);

    private async ValueTask<RoomView> AddAsync(Room room, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_rooms.Count >= MaxRooms)
                throw new ClientException(ClientError.RoomBusy);
        }
        try
        {
            await room.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await room.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        lock (_gate)
            _rooms.Add(room.Id, room);
        room.Announce();
        return room.View();
    }

    private async ValueTask<string> FindRelayAsync(string? relay, CancellationToken cancellationToken)
    {
        var address = relay ?? await _options.FindRelay(cancellationToken).ConfigureAwait(false) ?? throw new ClientException(ClientError.NoRelay);
        return RelayAddresses.IsValid(address) ? address : throw new ClientException(ClientError.BadRelayAddress);
    }

    private string Named(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return RoomNames.Draw(_options.Random);
        return NameText.TryParse(name, out var parsed) == MessageError.None ? parsed : throw new ClientException(ClientError.BadName);
    }

    private Room Find(string room)
    {
        lock (_gate)
            return _rooms.GetValueOrDefault(room) ?? throw new ClientException(ClientError.UnknownRoom);
    }
}
