using Secrets.Client.Network;
using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Rooms;

/// <content>Getting in, staying in, coming back.</content>
internal sealed partial class Room
{
    private const int WorkAtOnce = 2_048;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private RoomConnection? _connection;
    private bool _isRelayYoung;

    /// <summary>Enters for the first time in this program.</summary>
    /// <exception cref="ClientException">It can't be; the reason says why.</exception>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        RoomRefusal refusal;
        try
        {
            refusal = _make is null ? await EnterAgainAsync(either.Token).ConfigureAwait(false) : await ConnectAsync(either.Token).ConfigureAwait(false);
        }
        catch (RelayException)
        {
            throw new ClientException(ClientError.RelayNotReached);
        }
        if (refusal != RoomRefusal.None)
            throw new ClientException(Of(refusal));
        if (_make is null)
            await CatchUpAsync(either.Token).ConfigureAwait(false);
        _running = RunAsync();
    }

    /// <summary>Hears what the relay had, and says again what it had not taken.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(CatchUpLimit, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (!Machine.HasCaughtUp && Machine.End == RoomEnd.None && await _connection!.Stream.ReadAsync(either.Token).ConfigureAwait(false) is { } item)
                Hear(item);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // what waited goes on waiting: it could be said twice
            return;
        }
        lock (_gate)
        {
            if (Machine.HasCaughtUp && Machine.End == RoomEnd.None)
                SayAgain();
        }
    }

    private void Hear(ReadOnlyMemory<byte> item)
    {
        lock (_gate)
        {
            _ = Machine.Hear(item.Span, Now);
            Drain();
        }
    }

    /// <summary>Leaves: ends the room if it is one's own.</summary>
    public async Task LeaveAsync()
    {
        RoomConnection? connection;
        lock (_gate)
        {
            connection = _connection;
            if (_ending == RoomEnding.None)
            {
                if (_calls.Joined is not null)
                    LeaveCall();
                Machine.Leave();
                Drain();
                _ending = RoomEnding.Left;
                Tell(RoomEventKind.RoomChanged);
            }
        }
        if (connection is null)
            return;
        // the relay ends the stream when it has taken the last word
        await connection.FinishAsync().WaitAsync(LeaveLimit, _options.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _running.WaitAsync(LeaveLimit, _options.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _callTimer.DisposeAsync().ConfigureAwait(false);
        await _stateTimer.DisposeAsync().ConfigureAwait(false);
        await _lifeTimer.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (_ending == RoomEnding.None)
                _ending = RoomEnding.Left;
            _machine?.Dispose();
        }
        _code.Dispose();
        _stop.Dispose();
    }

    private static ClientError Of(RoomRefusal refusal) => refusal switch
    {
        RoomRefusal.Locked => ClientError.RoomIsLocked,
        RoomRefusal.Full => ClientError.RoomIsFull,
        RoomRefusal.Removed => ClientError.RoomRemoved,
        RoomRefusal.Busy => ClientError.RoomBusy,
        RoomRefusal.NoSuchRoom or RoomRefusal.Taken => ClientError.NoSuchRoom,
        RoomRefusal.None or RoomRefusal.Malformed => ClientError.NoRooms,
    };

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var connection = _connection!;
            await using (connection.ConfigureAwait(false))
            {
                await ListenAsync(connection).ConfigureAwait(false);
                lock (_gate)
                {
                    _connection = null;
                    Machine.Disconnected();
                    Drain();
                    if (_ending != RoomEnding.None)
                        return;
                    Tell(RoomEventKind.RoomChanged);
                }
            }
            var ending = await ComeBackAsync().ConfigureAwait(false);
            if (ending == RoomEnding.None)
                continue;
            lock (_gate)
            {
                if (_ending == RoomEnding.None && !_stop.IsCancellationRequested)
                    TakeNoticeOfEnd(ending);
            }
            return;
        }
    }

    private void TakeNoticeOfEnd(RoomEnding ending)
    {
        var heard = new RoomHeard { Kind = RoomHeardKind.Ended };
        CareForCall(heard);
        TakeNotice(heard);
        _ending = ending;
        Tell(RoomEventKind.RoomChanged);
    }

    private async Task ListenAsync(RoomConnection connection)
    {
        try
        {
            while (await connection.Stream.ReadAsync(_stop.Token).ConfigureAwait(false) is { } item)
            {
                Hear(item);
                if (Machine.End != RoomEnd.None)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // the program ends, or leaves
        }
    }

    /// <summary>Tries for a minute to be in again; why it ended if that was in vain.</summary>
    private async Task<RoomEnding> ComeBackAsync()
    {
        try
        {
            return EndingOf(await EnterAgainAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is RelayException or OperationCanceledException)
        {
            return RoomEnding.Lost;
        }
    }

    /// <summary>Tries for a minute, as long as the others wait for this session: the relay may be away for a moment.</summary>
    /// <exception cref="RelayException">It was not reached in that time.</exception>
    private async Task<RoomRefusal> EnterAgainAsync(CancellationToken cancellationToken)
    {
        var started = _options.Time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            RoomRefusal? refusal = null;
            try
            {
                refusal = await ConnectAsync(cancellationToken).ConfigureAwait(false);
                // a relay that was started again may have the room in a moment, by another member
                if (refusal != RoomRefusal.Busy && !(refusal == RoomRefusal.NoSuchRoom && _isRelayYoung))
                    return refusal.Value;
            }
            catch (OperationCanceledException)
            {
                throw;
            }
#pragma warning disable CA1031 // whatever a relay answers, it must not end the trying before its time
            catch (Exception)
#pragma warning restore CA1031
            {
                // again in a moment
            }
            if (_options.Time.GetElapsedTime(started) + pause >= RoomsNetwork.Grace)
                return refusal ?? throw new RelayException(isTransient: true);
            await Task.Delay(pause + TimeSpan.FromMilliseconds(_options.Random.Next((uint)pause.TotalMilliseconds)), _options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RoomEnding EndingOf(RoomRefusal refusal) => refusal switch
    {
        RoomRefusal.None => RoomEnding.None,
        RoomRefusal.Locked => RoomEnding.Locked,
        RoomRefusal.Removed => RoomEnding.Removed,
        RoomRefusal.NoSuchRoom or RoomRefusal.Taken or RoomRefusal.Full or RoomRefusal.Busy or RoomRefusal.Malformed => RoomEnding.Lost,
    };

    /// <summary>One try, on a new connection; with a second entry on it if a relay that was started again has no such room.</summary>
    private async Task<RoomRefusal> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var link = await _options.Network.ConnectRoomAsync(_code.Relay!, either.Token).ConfigureAwait(false);
            try
            {
                _machine ??= _make!(await DeriveKeysAsync(link.Relay, either.Token).ConfigureAwait(false), _options.Random);
                var refusal = await TryEnterAsync(link, mayReopen: false, either.Token).ConfigureAwait(false);
                // a room that another member opened again knows nobody yet, and may be locked: the statements show that this session was in
                if (refusal is RoomRefusal.NoSuchRoom or RoomRefusal.Locked && _isRelayYoung && Machine.NextEntry(mayReopen: true) == EntryKind.Reopen)
                    refusal = await TryEnterAsync(link, mayReopen: true, either.Token).ConfigureAwait(false);
                if (refusal != RoomRefusal.None)
                    await link.DisposeAsync().ConfigureAwait(false);
                return refusal;
            }
            catch
            {
                await link.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RelayException(isTransient: true);
        }
    }

    private async Task<RoomKeys> DeriveKeysAsync(Ed25519PublicKey relay, CancellationToken cancellationToken)
    {
        using var password = RoomKeys.PasswordOf(_code);
        // the cost is fixed by the version: with another one the code would be another room
        using var master = await Argon2id.DeriveAsync(password.Memory, RoomKeys.SaltOf(relay), Argon2idParameters.Standard, RoomKeys.Size, cancellationToken).ConfigureAwait(false);
        return RoomKeys.FromMaster(master.Bytes);
    }

    private async Task<RoomRefusal> TryEnterAsync(IRoomLink link, bool mayReopen, CancellationToken cancellationToken)
    {
        var stream = await link.EnterAsync(cancellationToken).ConfigureAwait(false);
        var isTaken = false;
        try
        {
            if (await stream.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } first || RoomChallenge.TryRead(first.Span, out var challenge) != RoomItemError.None)
                throw new ClientException(ClientError.NoRooms);
            _isRelayYoung = challenge.IsYoung;
            var work = await WorkAsync(challenge, cancellationToken).ConfigureAwait(false);
            await stream.SendAsync(Machine.Enter(Machine.NextEntry(mayReopen), challenge, work, link.Binding), cancellationToken).ConfigureAwait(false);
            if (await stream.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } second || RoomAnswer.TryRead(second.Span, out var answer) != RoomItemError.None)
                throw new RelayException(isTransient: true);
            if (answer!.Refusal != RoomRefusal.None)
                return answer.Refusal;
            lock (_gate)
            {
                if (Machine.Entered(answer) != RoomFrameError.None)
                    throw new RelayException(isTransient: false);
                _connection = new RoomConnection(link, stream);
                isTaken = true;
                _ownerDeadline = null;
                Drain();
                Tell(RoomEventKind.RoomChanged);
            }
            return RoomRefusal.None;
        }
        finally
        {
            if (!isTaken)
                await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    // in pieces: a browser has one thread for everything
    private static async Task<ulong> WorkAsync(RoomChallenge challenge, CancellationToken cancellationToken)
    {
        for (var from = 0UL; ; from += WorkAtOnce)
        {
            if (challenge.TryWork(from, WorkAtOnce, out var work))
                return work;
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
