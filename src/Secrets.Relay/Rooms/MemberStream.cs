using Secrets.Stack;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Rooms;

/// <summary>One membership on its stream: what its client sends goes to the room, what the room has goes to its client.</summary>
internal sealed class MemberStream
{
    private const int ItemsAtOnce = 32;
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(30);

    private readonly Membership _member;
    private readonly LiveRoom _room;
    private readonly RpcDuplex _stream;
    private readonly TimeProvider _clock;

    public MemberStream(Membership member, RpcDuplex stream, TimeProvider clock)
    {
        _member = member;
        _room = member.Room;
        _stream = stream;
        _clock = clock;
    }

    /// <summary>Runs until either side ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(ending.Token);
        var giving = GiveAsync(ending.Token);
        try
        {
            _ = await Task.WhenAny(reading, giving).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await giving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // a line that was cut without a word is noticed by its silence
        while (await _stream.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(RoomsNetwork.Grace, _clock, cancellationToken).ConfigureAwait(false))
        {
            while (_stream.TryRead(out var item))
            {
                using (item)
                {
                    if (item.Kind is not RpcKind.Binary || !await TryTakeAsync(item.Body, cancellationToken).ConfigureAwait(false))
                        return;
                }
            }
        }
    }

    /// <summary>False for what can't be read, is no decision of the owner's, or is the last.</summary>
    private async ValueTask<bool> TryTakeAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        if (RoomRequest.TryRead(item.Span, out var request) != RoomItemError.None)
            return false;
        if (request.Kind == RoomRequestKind.Leave)
        {
            _room.Leave(_member);
            return false;
        }
        if (request.Kind == RoomRequestKind.Here)
            return true;
        var wait = _room.Charge(_member, request.To.IsEverybody);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _clock, cancellationToken).ConfigureAwait(false);
        return Take(item.Span);
    }

    private bool Take(ReadOnlySpan<byte> item)
    {
        _ = RoomRequest.TryRead(item, out var request);
        if (request.Kind == RoomRequestKind.State)
            return Statement.TryRead(request.Body, out var statement) == StatementError.None && _room.State(statement!);
        _room.Say(_member, request);
        return true;
    }

    private async Task GiveAsync(CancellationToken cancellationToken)
    {
        var items = new List<KeptItem>(ItemsAtOnce);
        while (true)
        {
            if (!_room.TryTake(_member, items, ItemsAtOnce))
            {
                await SendAsync(RoomItem.Ended(RoomEnd.Behind), cancellationToken).ConfigureAwait(false);
                return;
            }
            foreach (var item in items)
                await SendAsync(item.Bytes, cancellationToken).ConfigureAwait(false);
            if (items.Count > 0)
                continue;
            if (_member.End != RoomEnd.None)
            {
                await SendAsync(RoomItem.Ended(_member.End), cancellationToken).ConfigureAwait(false);
                return;
            }
            await _member.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // who takes nothing for half a minute is as good as gone
    private ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var sending = _stream.SendAsync(bytes, cancellationToken);
        return sending.IsCompletedSuccessfully ? sending : new ValueTask(sending.AsTask().WaitAsync(StallLimit, _clock, cancellationToken));
    }
}
