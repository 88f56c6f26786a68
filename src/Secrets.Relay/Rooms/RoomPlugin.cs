using System.Runtime.CompilerServices;
using Secrets.Relay.Limits;
using Secrets.Stack;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Rooms;

/// <summary>Rooms on the stack: <c>enter</c> and <c>pieces</c>; everybody may call them.</summary>
/// <remarks>Spec: docs/protocol/rooms.md §3.3 to §3.5.</remarks>
internal sealed class RoomPlugin : IDisposable
{
    private static readonly TimeSpan EntryLimit = TimeSpan.FromSeconds(60);

    // pieces a second of one connection
    private static readonly RateLimit Pieces = new(64, 256);

    private readonly ConditionalWeakTable<StackPeer, RoomConnectionState> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly RoomService _rooms;
    private readonly RelayOptions _options;
    private readonly AttemptCounter _attempts;

    /// <summary>Over rooms that stay their owner's.</summary>
    public RoomPlugin(RoomService rooms, RelayOptions options)
    {
        _rooms = rooms;
        _options = options;
        _attempts = new AttemptCounter(options.Rooms, options.Clock);
    }

    /// <summary>The plugin of a node.</summary>
    public Plugin ToPlugin() => new Plugin("room", "Rooms that live in memory, for who knows their code.")
    {
        ["enter"] = Rpc.Duplex(EnterAsync).Describe("A membership: challenge, entry, answer; then frames both ways."),
        ["pieces"] = Rpc.Duplex(PiecesAsync).Describe("Pieces of files, for members on the same connection."),
    }.AllowAnonymous("enter", "pieces");

    /// <summary>The streams end.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private RoomConnectionState StateOf(StackPeer peer) => _connections.GetValue(peer, static known => new RoomConnectionState(RemoteNetwork.Of(known.RemoteAddress)));

    private async ValueTask EnterAsync(RpcCall call)
    {
        var connection = StateOf(call.Peer);
        if (!connection.TryOpen(_options.Rooms.MaxRoomsPerConnection))
            throw new RpcException("room", "too many rooms");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, _stopping.Token);
        try
        {
            var member = await AdmitAsync(call, connection, ending.Token).ConfigureAwait(false);
            if (member is not null)
                await ServeAsync(member, call, connection, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // the stream ends in peace
        }
        finally
        {
            connection.Close();
        }
    }

    private async Task ServeAsync(Membership member, RpcCall call, RoomConnectionState connection, CancellationToken cancellationToken)
    {
        connection.Enter(member.Room);
        try
        {
            member.Room.Connected(member, call.Peer);
            await new MemberStream(member, call.Stream, _options.Clock).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            connection.Leave(member.Room);
            member.Room.Disconnected(member);
        }
    }

    /// <summary>Challenge, entry, answer; null if nobody was let in.</summary>
    private async Task<Membership?> AdmitAsync(RpcCall call, RoomConnectionState connection, CancellationToken cancellationToken)
    {
        var challenge = RoomChallenge.Generate(_attempts.Begin(connection.Network), _rooms.IsYoung, _options.Random);
        var bytes = new byte[RoomChallenge.Size];
        challenge.Write(bytes);
        await call.Stream.SendAsync(bytes, cancellationToken).ConfigureAwait(false);
        if (await call.Stream.ReadAsync(cancellationToken).AsTask().WaitAsync(EntryLimit, _options.Clock, cancellationToken).ConfigureAwait(false) is not { } item)
            return null;
        Membership? member;
        RoomRefusal refusal;
        RoomAnswer? answer;
        using (item)
            member = Admit(item, challenge, call.Peer, connection, out refusal, out answer);
        answer ??= new RoomAnswer { Refusal = refusal };
        try
        {
            await call.Stream.SendAsync(answer.Encode(), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // its older connection, if there was one, ended when it was let in: nothing else would tell that it is gone
            member?.Room.Disconnected(member);
            throw;
        }
        return member;
    }

    // cheap checks first: what costs us a signature has cost the other side its work
    private Membership? Admit(RpcItem item, in RoomChallenge challenge, StackPeer peer, RoomConnectionState connection, out RoomRefusal refusal, out RoomAnswer? answer)
    {
        answer = null;
        refusal = RoomRefusal.Malformed;
        if (item.Kind is not RpcKind.Binary || RoomEntry.TryRead(item.Body.Span, out var entry) != RoomItemError.None || !challenge.Accepts(entry!.Work))
            return null;
        refusal = RoomRefusal.Busy;
        if (!_attempts.MayEnter(connection.Network))
            return null;
        refusal = RoomRefusal.NoSuchRoom;
        if (!entry.IsProven(challenge, peer.Binding))
            return null;
        refusal = RoomRefusal.Busy;
        if (!_attempts.MayEnter(entry.Address))
            return null;
        return _rooms.FindFor(entry, out refusal)?.TryEnter(entry, out refusal, out answer);
    }

    private async ValueTask PiecesAsync(RpcCall call)
    {
        var connection = StateOf(call.Peer);
        var bucket = new Bucket(Pieces, _options.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, _stopping.Token);
        try
        {
            while (await call.Stream.ReadAsync(ending.Token).ConfigureAwait(false) is { } item)
            {
                ReadOnlyMemory<byte> answer;
                using (item)
                    answer = Answer(connection, item);
                var wait = bucket.Take(Pieces, _options.Clock);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, _options.Clock, ending.Token).ConfigureAwait(false);
                await call.Stream.SendAsync(answer, ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // the stream ends in peace
        }
    }

    private static ReadOnlyMemory<byte> Answer(RoomConnectionState connection, RpcItem item)
    {
        if (item.Kind is not RpcKind.Binary || PieceRequest.TryRead(item.Body.Span, out var request) != RoomItemError.None)
            throw new RpcException("room", "malformed piece");
        if (connection.Find(request.Address) is not { } room)
            return PieceRequest.Answer(request.IsPut, request.Piece, PieceStatus.Refused, default);
        if (request.IsPut)
            return PieceRequest.Answer(isPut: true, request.Piece, room.TryPut(request.Piece, request.Body) ? PieceStatus.Done : PieceStatus.Refused, default);
        return room.TryGet(request.Piece, out var bytes)
            ? PieceRequest.Answer(isPut: false, request.Piece, PieceStatus.Done, bytes.Span)
            : PieceRequest.Answer(isPut: false, request.Piece, PieceStatus.None, default);
    }
}
