namespace Secrets.Stack;

/// <content>What the other side asks of this one.</content>
public sealed partial class StackPeer
{
    private static RpcException TimeIsUp => new("TimeoutError", "the time is up");

    private static readonly RpcException TooMany = new("too many open requests");

    private StackError HandleCall(int id, RpcItem item, bool isLast)
    {
        var size = item.Length;
        if (!TryReadRequest(item, out var request, out var message, out var error))
            return error;
        var method = request is null ? null : Node.Methods.Find(request, RpcMethodType.Async, _permissions, out message);
        if (method is null || request is null)
        {
            SendError(isStream: false, -id, new RpcException(message));
            return StackError.None;
        }

        if (!TryServe(size, out message))
        {
            SendError(isStream: false, -id, new RpcException(message));
            return StackError.None;
        }

        StackMetrics.ServedCall();
        // what answers at once does so here, if nothing else has come that would wait for it
        if (isLast && method.Method.Type is RpcMethodType.Sync && method.Method.TimeLimit == Timeout.InfiniteTimeSpan && !_answers.IsFull)
        {
            _hasServedAtOnce = true;
            _ = ServeCallAsync(id, method, request, size);
        }
        else
            _ = ThreadPool.UnsafeQueueUserWorkItem(static call => _ = call.Peer.ServeCallAsync(call.Id, call.Method, call.Request, call.Size), (Peer: this, Id: id, Method: method, Request: request, Size: size), preferLocal: true);
        return StackError.None;
    }

    private StackError HandleOpen(int id, RpcItem item)
    {
        lock (_gate)
        {
            // streams that ended here wait for the other side's end too
            if (_accepted.Count >= 2 * _options.MaxOpenRequests)
                return StackError.TooManyRequests;
        }

        var size = item.Length;
        if (!TryReadRequest(item, out var request, out var message, out var error))
            return error;
        var method = request is null ? null : FindStream(request, out message);
        if (method is null || request is null)
        {
            Refuse(id, new RpcException(message));
            return StackError.None;
        }

        if (!TryServe(size, out message))
        {
            Refuse(id, new RpcException(message));
            return StackError.None;
        }

        var stream = new RpcDuplex(this, -id, method.Method.Type, isOpener: false);
        StackError ended;
        lock (_gate)
        {
            ended = _error;
            if (ended == StackError.None)
                _accepted.Add(id, stream);
        }

        // not within the lock: streams lock themselves and then the peer
        if (ended != StackError.None)
            stream.Fail(ended);

        if (_knowsExtension && request.Credit >= 0)
            stream.ReceiveCredit(request.Credit);
        stream.Grant();
        StackMetrics.ServedStream();
        _ = Task.Run(() => ServeStreamAsync(stream, method, request, size));
        return StackError.None;
    }

    /// <summary>JSON that isn't a request is answered; what isn't JSON ends the connection.</summary>
    private bool TryReadRequest(RpcItem item, out RpcRequest? request, out string message, out StackError error)
    {
        request = null;
        message = "invalid request, should be an object";
        error = StackError.None;
        if (item.Kind != RpcKind.Json)
            return true;
        if (!PacketBody.TryReadJson(item.Body.Span, out var node))
        {
            error = StackError.BadJson;
            return false;
        }

        if (RpcRequest.TryRead(node, out request, out message) && request!.KnowsExtension)
            LearnExtension();
        return true;
    }

    private MethodEntry? FindStream(RpcRequest request, out string message)
    {
        message = "unsupported stream type";
        RpcMethodType? type = request.Type switch
        {
            "source" => RpcMethodType.Source,
            "sink" => RpcMethodType.Sink,
            "duplex" => RpcMethodType.Duplex,
            _ => null,
        };
        return type is null ? null : Node.Methods.Find(request, type.Value, _permissions, out message);
    }

    /// <summary>Answers an open with an end, and remembers the number until the other side's end: its items may be on the way.</summary>
    private void Refuse(int id, RpcException error)
    {
        lock (_gate)
            _accepted.Add(id, null);
        SendEnd(-id, error);
    }

    // what was asked is in memory until it is answered: one request may be as large as an item, many may not
    private bool TryServe(long size, out string message)
    {
        lock (_gate)
        {
            message = _isClosing ? "parent stream is closing" : TooMany.Message;
            if (_isClosing || _served >= _options.MaxOpenRequests || _requested >= _options.ReceiveQueueSize)
                return false;
            _served++;
            _requested += size;
            return true;
        }
    }

    private void EndServing(long size)
    {
        lock (_gate)
        {
            _served--;
            _requested -= size;
        }

        SignalIfQuiet();
    }

    private async Task ServeCallAsync(int id, MethodEntry method, RpcRequest request, long size)
    {
        try
        {
            // no method begins while answers pile up that nobody takes
            while (_answers.IsFull)
                await _answers.WaitAsync().WaitAsync(_ended.Token).ConfigureAwait(false);
            var value = await CallAsync(id, method, request).ConfigureAwait(false);
            using var writer = new PooledWriter();
            var kind = PacketBody.Write(writer, value);
            if (writer.Written.IsEmpty || writer.Written.Length > MaxItemSize)
                throw new RpcException("the answer has no length that can be sent");
            var length = writer.Written.Length;
            _answers.Add(length);
            try
            {
                await SendAsync(kind, isStream: false, isEnd: false, -id, writer, Volatile.Read(ref _served) == 1, _ended.Token).ConfigureAwait(false);
            }
            finally
            {
                _answers.Release(length, 1);
            }
        }
        catch (RpcException exception)
        {
            SendError(isStream: false, -id, exception);
        }
#pragma warning disable CA1031 // a method's fault is its caller's news, in two words, and nobody else's
        catch (Exception)
        {
            SendError(isStream: false, -id, RpcError.Internal);
        }
#pragma warning restore CA1031
        finally
        {
            EndServing(size);
        }
    }

    private async ValueTask<RpcValue> CallAsync(int id, MethodEntry method, RpcRequest request)
    {
        if (method.Method.TimeLimit == Timeout.InfiniteTimeSpan && !_knowsExtension)
            return await method.Function(new RpcCall(Node, this, request.Path, request.Arguments, stream: null, _ended.Token)).ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        var call = new RpcCall(Node, this, request.Path, request.Arguments, stream: null, ending.Token);
        var served = new ServedCall(ending);
        lock (_gate)
            _ = _cancellable.TryAdd(id, served);
        Task<RpcValue>? running = null;
        try
        {
            if (method.Method.TimeLimit == Timeout.InfiniteTimeSpan)
                return await method.Function(call).ConfigureAwait(false);
            running = Task.Run(() => method.Function(call).AsTask(), CancellationToken.None);
            return await running.WaitAsync(method.Method.TimeLimit, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) when (running is { IsCompleted: false })
        {
            await ending.CancelAsync().ConfigureAwait(false);
            throw TimeIsUp;
        }
        finally
        {
            lock (_gate)
                _ = _cancellable.Remove(id);
            await served.Cancelling.ConfigureAwait(false);
        }
    }

    private async ValueTask RunStreamAsync(RpcDuplex stream, MethodEntry method, RpcRequest request)
    {
        if (method.Method.TimeLimit == Timeout.InfiniteTimeSpan)
        {
            _ = await method.Function(new RpcCall(Node, this, request.Path, request.Arguments, stream, stream.Aborted)).ConfigureAwait(false);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stream.Aborted);
        var call = new RpcCall(Node, this, request.Path, request.Arguments, stream, ending.Token);
        var running = Task.Run(() => method.Function(call).AsTask(), CancellationToken.None);
        try
        {
            _ = await running.WaitAsync(method.Method.TimeLimit, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            await ending.CancelAsync().ConfigureAwait(false);
            throw TimeIsUp;
        }
    }

    private async Task ServeStreamAsync(RpcDuplex stream, MethodEntry method, RpcRequest request, long size)
    {
        try
        {
            await RunStreamAsync(stream, method, request).ConfigureAwait(false);
            await stream.AbortAsync().ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            await stream.AbortAsync(exception).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a method's fault is its caller's news, in two words, and nobody else's
        catch (Exception)
        {
            await stream.AbortAsync(RpcError.Internal).ConfigureAwait(false);
        }
#pragma warning restore CA1031
        finally
        {
            EndServing(size);
        }
    }
}
