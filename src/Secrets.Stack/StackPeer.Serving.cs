namespace Secrets.Stack;

/// <content>What the other side asks of this one.</content>
public sealed partial class StackPeer
{
    private static RpcException TimeIsUp => new("TimeoutError", "the time is up");

    private static readonly RpcException TooMany = new("too many open requests");

    private StackError HandleCall(int id, RpcItem item, bool isLast)
    {
        if (!TryReadRequest(item, out var request, out var message, out var error))
            return error;
        var method = request is null ? null : Node.Methods.Find(request, RpcMethodType.Async, _permissions, out message);
        if (method is null || request is null)
        {
            SendError(isStream: false, -id, new RpcException(message));
            return StackError.None;
        }

        if (!TryServe(out message))
        {
            SendError(isStream: false, -id, new RpcException(message));
            return StackError.None;
        }

        StackMetrics.ServedCall();
        // what answers at once does so here, if nothing else has come that would wait for it
        if (isLast && method.Method.Type is RpcMethodType.Sync)
        {
            _hasServedAtOnce = true;
            _ = ServeCallAsync(id, method, request);
        }
        else
            _ = ThreadPool.UnsafeQueueUserWorkItem(static call => _ = call.Peer.ServeCallAsync(call.Id, call.Method, call.Request), (Peer: this, Id: id, Method: method, Request: request), preferLocal: true);
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

        if (!TryReadRequest(item, out var request, out var message, out var error))
            return error;
        var method = request is null ? null : FindStream(request, out message);
        if (method is null || request is null)
        {
            Refuse(id, new RpcException(message));
            return StackError.None;
        }

        if (!TryServe(out message))
        {
            Refuse(id, new RpcException(message));
            return StackError.None;
        }

        var stream = new RpcDuplex(this, -id, method.Method.Type, isOpener: false);
        lock (_gate)
        {
            if (_error == StackError.None)
                _accepted.Add(id, stream);
        }

        if (_knowsExtension && request.Credit >= 0)
            stream.ReceiveCredit(request.Credit);
        stream.Grant();
        StackMetrics.ServedStream();
        _ = Task.Run(() => ServeStreamAsync(stream, method, request));
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

    private bool TryServe(out string message)
    {
        lock (_gate)
        {
            message = _isClosing ? "parent stream is closing" : TooMany.Message;
            if (_isClosing || _served >= _options.MaxOpenRequests)
                return false;
            _served++;
            return true;
        }
    }

    private void EndServing()
    {
        lock (_gate)
            _served--;
        SignalIfQuiet();
    }

    private async Task ServeCallAsync(int id, MethodEntry method, RpcRequest request)
    {
        try
        {
            var value = await CallAsync(id, method, request).ConfigureAwait(false);
            using var writer = new PooledWriter();
            var kind = PacketBody.Write(writer, value);
            if (writer.Written.IsEmpty || writer.Written.Length > MaxItemSize)
                throw new RpcException("the answer has no length that can be sent");
            await SendAsync(kind, isStream: false, isEnd: false, -id, writer, Volatile.Read(ref _served) == 1, _ended.Token).ConfigureAwait(false);
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
            EndServing();
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
        try
        {
            return await method.Function(call).AsTask().WaitAsync(method.Method.TimeLimit, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
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
        var running = method.Function(new RpcCall(Node, this, request.Path, request.Arguments, stream, ending.Token)).AsTask();
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

    private async Task ServeStreamAsync(RpcDuplex stream, MethodEntry method, RpcRequest request)
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
            EndServing();
        }
    }
}
