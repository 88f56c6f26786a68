namespace Secrets.Stack;

/// <summary>A stream as a hook shows it to what it wraps: items pass through the hook's functions, everything else is the stream's own.</summary>
internal sealed class HookedStream : RpcDuplex
{
    private readonly RpcDuplex _inner;
    private readonly RpcItemHook? _received;
    private readonly RpcItemHook? _sent;

    public HookedStream(RpcDuplex inner, RpcItemHook? received, RpcItemHook? sent) : base(inner) => (_inner, _received, _sent) = (inner, received, sent);

    public override CancellationToken Aborted => _inner.Aborted;

    public override async ValueTask<RpcItem?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (await _inner.ReadAsync(cancellationToken).ConfigureAwait(false) is { } item)
        {
            if (Show(item) is { } shown)
                return shown;
        }

        return null;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => _inner.WaitToReadAsync(cancellationToken);

    public override bool TryRead(out RpcItem item)
    {
        while (_inner.TryRead(out item))
        {
            if (Show(item) is not { } shown)
                continue;
            item = shown;
            return true;
        }

        return false;
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        _sent is null ? _inner.SendAsync(body, cancellationToken) : SendAsync(RpcValue.FromBinary(body), cancellationToken);

    public override ValueTask SendAsync(RpcValue value, CancellationToken cancellationToken = default) =>
        (_sent is null ? value : _sent(value)) is { } shown ? _inner.SendAsync(shown, cancellationToken) : ValueTask.CompletedTask;

    public override bool TrySend(ReadOnlySpan<byte> body) => _sent is null ? _inner.TrySend(body) : TrySend(RpcValue.FromBinary(body.ToArray()));

    internal override void End(RpcException? error, bool drops) => _inner.End(error, drops);

    // an item that finds no room is shown once more when it is offered again
    internal override bool TrySend(in RpcValue value) => (_sent is null ? value : _sent(value)) is not { } shown || _inner.TrySend(shown);

    private RpcItem? Show(RpcItem item)
    {
        if (_received is null)
            return item;
        using (item)
        {
            if (_received(item.ToValue()) is not { } shown)
                return null;
            using var writer = new PooledWriter();
            var kind = PacketBody.Write(writer, shown);
            var memory = ItemMemory.Rent(writer.Written.Length);
            writer.Written.CopyTo(memory);
            return new RpcItem(kind, memory, writer.Written.Length);
        }
    }
}
