using System.Buffers;

namespace Secrets.Stack;

/// <content>The loops of a connection: bytes to boxes to packets to calls and streams.</content>
public sealed partial class StackPeer
{
    /// <summary>Both loops; ends when the connection has.</summary>
    private async Task RunAsync()
    {
        var sending = RunSendingAsync();
        Stop(await ReceiveAsync().ConfigureAwait(false));
        await sending.ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
        await _connection.CloseAsync().ConfigureAwait(false);
        _idleTimer?.Dispose();
        _aliveTimer?.Dispose();
        await _asking.ConfigureAwait(false);
        await (_findingOut ?? Task.CompletedTask).ConfigureAwait(false);
        _boxes.Dispose();
        _packets.Dispose();
        _session.Dispose();
        await _stopped.Task.ConfigureAwait(false);
        _cut.Dispose();
        SayEnded();
    }

    private void SayEnded()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
            return;
        _whenEnded?.Invoke(this, _error);
        _ = _completion.TrySetResult(_error);
    }

    private async Task RunSendingAsync()
    {
        try
        {
            await Queue.RunAsync(_connection.Output, Touch, _cut.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Stop(StackError.Closed);
        }
#pragma warning disable CA1031 // whatever a connection throws ends this connection, and nothing else
        catch (Exception)
        {
            Stop(StackError.UnexpectedEnd);
        }
#pragma warning restore CA1031

        await _connection.CompleteOutputAsync().ConfigureAwait(false);
    }

    /// <summary>Receives until there is a reason to end; never throws.</summary>
    private async Task<StackError> ReceiveAsync()
    {
        try
        {
            while (true)
            {
                if (Budget.IsFull)
                    await WaitForConsumersAsync().ConfigureAwait(false);
                var result = await _connection.Input.ReadAsync(_cut.Token).ConfigureAwait(false);
                Touch();
                TouchReceived();
                var buffer = result.Buffer;
                var length = buffer.Length;
                _hasServedAtOnce = false;
                var error = Process(ref buffer, out var isPaused);
                if (SecretStack.PrefersLatency && _connection is ITunableConnection lively)
                    lively.WaitsBriefly = _hasServedAtOnce || IsCalling;
                StackMetrics.Received(length - buffer.Length);
                _connection.Input.AdvanceTo(buffer.Start, isPaused ? buffer.Start : buffer.End);
                if (error != StackError.None || _error != StackError.None)
                    return error;
                if (result.IsCompleted && !isPaused)
                    return StackError.UnexpectedEnd;
            }
        }
        catch (OperationCanceledException)
        {
            return StackError.Closed;
        }
        catch (StackException exception)
        {
            return exception.Error;
        }
#pragma warning disable CA1031 // whatever a connection throws ends this connection, and nothing else
        catch (Exception)
        {
            return StackError.UnexpectedEnd;
        }
#pragma warning restore CA1031
    }

    /// <summary>After our last words: takes what still comes until the other side ends too, so that no reset overtakes them.</summary>
    private async Task DrainAsync()
    {
        try
        {
            while (true)
            {
                var result = await _connection.Input.ReadAsync(_cut.Token).ConfigureAwait(false);
                _connection.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    return;
            }
        }
#pragma warning disable CA1031 // the connection is over in any case
        catch (Exception)
        {
            return;
        }
#pragma warning restore CA1031
    }

    /// <summary>Reading pauses. If nobody takes anything for too long, the stream with most items waiting is aborted.</summary>
    private async Task WaitForConsumersAsync()
    {
        while (Budget.IsFull)
        {
            try
            {
                await Budget.WaitAsync().WaitAsync(_options.StallTimeout, _options.TimeProvider, _ended.Token).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                AbortFullest();
            }
        }
    }

    private void AbortFullest()
    {
        // streams lock themselves and then the peer, never the other way round
        RpcDuplex[] unread;
        lock (_gate)
            unread = [.. _unread];
        if (Streams().Concat(unread).MaxBy(static stream => stream.Queued) is { Queued: > 0 } fullest)
            fullest.Stall();
    }

    /// <summary>Opens boxes and handles packets until more bytes are needed, the queues are full, or something is wrong.</summary>
    /// <param name="buffer">What is left of it when this returns.</param>
    /// <param name="isPaused">True if whole boxes may be left: they are looked at again without new bytes.</param>
    private StackError Process(ref ReadOnlySequence<byte> buffer, out bool isPaused)
    {
        isPaused = false;
        try
        {
            while (true)
            {
                var error = _boxes.Read(ref buffer, out var plain);
                if (error != StackError.None)
                    return error;
                if (plain.IsEmpty)
                    return _boxes.IsEnded ? StackError.Closed : StackError.None;
                while (!plain.IsEmpty)
                {
                    error = _packets.Read(ref plain, out var packet);
                    if (error == StackError.None && packet.IsWhole)
                        error = Handle(packet, packet.Item, isLast: plain.IsEmpty && buffer.IsEmpty);
                    if (error == StackError.None && _packets.IsEnded)
                        error = StackError.Closed;
                    if (error != StackError.None)
                        return error;
                }

                isPaused = Budget.IsFull;
                if (isPaused)
                    return StackError.None;
            }
        }
        finally
        {
            _boxes.Release();
        }
    }

    /// <summary>Gives a packet to the call or stream that it belongs to.</summary>
    private StackError Handle(Packet packet, RpcItem item, bool isLast)
    {
        if (packet.IsExtension && MayGetExtension)
        {
            using (item)
                HandleExtension(packet, item.Body.Span);
            return StackError.None;
        }

        switch (packet.Id)
        {
            case 0 or int.MinValue:
                // an "emit" of old, or the answer to a call that nobody can have made
                item.Dispose();
                return StackError.None;
            case > 0 when packet.IsStream:
                return HandleAccepted(packet.Id, packet.IsEnd, item);
            case > 0:
                using (item)
                    return HandleCall(packet.Id, item, isLast);
            case < 0 when packet.IsStream:
                HandleOpened(-packet.Id, packet.IsEnd, item);
                return StackError.None;
            default:
                using (item)
                    return HandleAnswer(-packet.Id, packet.IsEnd, item);
        }
    }

    private StackError HandleAnswer(int id, bool isError, RpcItem item)
    {
        TaskCompletionSource<RpcValue>? call;
        lock (_gate)
        {
            if (!_calls.TryGetValue(id, out call))
                return StackError.None;
        }

        if (isError)
        {
            _ = call.TrySetException(RpcError.Read(item));
            return StackError.None;
        }

        if (!PacketBody.TryRead(item.Kind, item.Body.Span, out var value, out var error))
            return error;
        _ = call.TrySetResult(value);
        return StackError.None;
    }

    private void HandleOpened(int id, bool isEnd, RpcItem item)
    {
        RpcDuplex? stream;
        lock (_gate)
            _ = _opened.TryGetValue(id, out stream);
        Deliver(stream, isEnd, item);
    }

    private StackError HandleAccepted(int id, bool isEnd, RpcItem item)
    {
        bool isKnown;
        RpcDuplex? stream;
        lock (_gate)
        {
            isKnown = _accepted.TryGetValue(id, out stream);
            if (isEnd && stream is null)
                _ = _accepted.Remove(id);
        }

        if (isKnown)
        {
            Deliver(stream, isEnd, item);
            return StackError.None;
        }

        using (item)
        {
            if (!isEnd)
                return HandleOpen(id, item);
            // the end of a stream that never was: answered, so that the other side can forget it
            SendEnd(-id, error: null);
            return StackError.None;
        }
    }

    private static void Deliver(RpcDuplex? stream, bool isEnd, RpcItem item)
    {
        if (stream is not null && !isEnd)
        {
            stream.Receive(item);
            return;
        }

        using (item)
            stream?.ReceiveEnd(RpcError.ReadEnd(item));
    }
}
