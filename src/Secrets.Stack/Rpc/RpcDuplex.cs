using System.Runtime.CompilerServices;

namespace Secrets.Stack;

/// <summary>One stream of a connection: items in, items out. A source has only items in, a sink only items out.</summary>
/// <remarks>
/// One reader at a time; any number of senders. What was received and not taken is bounded for the connection as a whole
/// (<see cref="StackOptions.ReceiveQueueSize"/>). Spec: docs/protocol/stack.md §4.4.
/// </remarks>
public class RpcDuplex : IAsyncDisposable
{
    private readonly StackPeer _peer;
    private readonly int _id;
    private readonly RpcMethodType _type;
    private readonly bool _isOpener;
    private readonly Lock _gate = new();
    private readonly Queue<RpcItem> _items = new();
    private readonly AsyncSignal _readable = new();
    private CancellationTokenSource? _aborted;
    private Task _aborting = Task.CompletedTask;
    private Exception? _failure;
    private long _queued;
    private long _taken;
    private long _granted;
    private long _sent;
    private long _credit;
    private SendShare _share;
    private AsyncGate? _creditCame;
    private bool _hasRemoteEnd;
    private bool _hasLocalEnd;
    private bool _isDropping;

    internal RpcDuplex(StackPeer peer, int id, RpcMethodType type, bool isOpener)
    {
        _peer = peer;
        _id = id;
        _type = type;
        _isOpener = isOpener;
        // an opener's request says what may come; the callee says so when it has the request
        _granted = isOpener && TakesItems ? peer.StreamWindow : 0;
        _credit = isOpener && peer.StartsWithCredit ? InitialCredit : long.MaxValue;
    }

    /// <summary>Another view of a stream, which does nothing by itself.</summary>
    private protected RpcDuplex(RpcDuplex inner) => (_peer, _id, _type, _isOpener) = (inner._peer, inner._id, inner._type, inner._isOpener);

    /// <summary>What the opener may send before the callee has said anything, or is known not to count.</summary>
    internal const long InitialCredit = 64 << 10;

    /// <summary>Fires when the other side aborted the stream, or the connection is gone.</summary>
    public virtual CancellationToken Aborted
    {
        get
        {
            lock (_gate)
            {
                _aborted ??= new CancellationTokenSource();
                if (_failure is not null)
                    _aborting = _aborted.CancelAsync();
                return _aborted.Token;
            }
        }
    }

    /// <summary>The number in packets that we send: positive if we opened the stream.</summary>
    internal int Id => _id;

    /// <summary>Bytes of items that wait to be taken.</summary>
    internal long Queued
    {
        get
        {
            lock (_gate)
                return _queued;
        }
    }

    /// <summary>How much the other side was told that it may send, from the first byte of the stream on.</summary>
    internal long Granted
    {
        get
        {
            lock (_gate)
                return _granted;
        }
    }

    private bool TakesItems => _type == RpcMethodType.Duplex || (_type == RpcMethodType.Source) == _isOpener;

    private bool SendsItems => _type == RpcMethodType.Duplex || (_type == RpcMethodType.Sink) == _isOpener;

    /// <summary>The next item; null after the last one.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone.</exception>
    public virtual ValueTask<RpcItem?> ReadAsync(CancellationToken cancellationToken = default) =>
        TryRead(out var item) ? new ValueTask<RpcItem?>(item) : ReadSlowAsync(cancellationToken);

    /// <summary>Waits for an item; false after the last one. With <see cref="TryRead"/>: the way to take whole runs.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public virtual async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_items.Count > 0)
                    return true;
                if (_failure is StackException { Error: StackError.StreamStalled })
                    throw _failure;
                if (_isDropping)
                    return false;
                if (_failure is RpcException || (_failure is not null && !_hasRemoteEnd))
                    throw _failure;
                if (_hasRemoteEnd)
                    return false;
            }

            await _readable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes an item that is already there.</summary>
    public virtual bool TryRead(out RpcItem item)
    {
        lock (_gate)
        {
            if (!_items.TryDequeue(out item))
                return false;
            _queued -= item.Length;
            _taken += item.Length + ReceiveBudget.ItemOverhead;
            GrantIfLow();
            if (_items.Count == 0 && _hasLocalEnd && _hasRemoteEnd)
                _peer.Forget(this);
        }

        _peer.Budget.Release(item.Length, 1);
        return true;
    }

    /// <summary>Sends bytes, copying them at once; waits while too much is queued.</summary>
    /// <exception cref="ArgumentException">There are none, or more than the connection's largest item.</exception>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The stream has ended, or the connection is gone.</exception>
    public virtual ValueTask SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        TrySend(RpcKind.Binary, body.Span, throwIfEnded: true) ? ValueTask.CompletedTask : SendSlowAsync(RpcKind.Binary, body, cancellationToken);

    /// <summary>Sends bytes if there is room in the queue; false if not, or if the stream has ended.</summary>
    /// <exception cref="ArgumentException">There are none, or more than the connection's largest item.</exception>
    public virtual bool TrySend(ReadOnlySpan<byte> body) => TrySend(RpcKind.Binary, body, throwIfEnded: false);

    /// <summary>Sends a value if there is room in the queue; false if not, or if the stream has ended.</summary>
    internal virtual bool TrySend(in RpcValue value)
    {
        using var writer = new PooledWriter();
        var kind = PacketBody.Write(writer, value);
        return TrySend(kind, writer.Written, throwIfEnded: false);
    }

    /// <summary>Sends a value; waits while too much is queued.</summary>
    /// <exception cref="ArgumentException">It is larger than the connection's largest item.</exception>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The stream has ended, or the connection is gone.</exception>
    public virtual async ValueTask SendAsync(RpcValue value, CancellationToken cancellationToken = default)
    {
        using var writer = new PooledWriter();
        var kind = PacketBody.Write(writer, value);
        while (!TrySend(kind, writer.Written, throwIfEnded: true))
            await WaitToSendAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a value of a type that the stack's options know; waits while too much is queued.</summary>
    /// <exception cref="ArgumentException">It is larger than the connection's largest item.</exception>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The stream has ended, or the connection is gone.</exception>
    public ValueTask SendValueAsync<T>(T value, CancellationToken cancellationToken = default) => SendAsync(_peer.Node.Codec.Write(value), cancellationToken);

    /// <summary>Sends items until there are no more; does not end the direction.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The stream has ended, or the connection is gone.</exception>
    public async ValueTask SendAllAsync<T>(IAsyncEnumerable<T> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            await SendValueAsync(item, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The items as values of a type, until the last one.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or an item is of another type.</exception>
    public async IAsyncEnumerable<T> ReadAllAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } item)
        {
            using (item)
                yield return _peer.Node.Codec.TryRead<T>(item.ToValue(), out var value) ? value : throw new StackException(StackError.UnexpectedType);
        }
    }

    /// <summary>Ends the sending direction in peace; reading goes on.</summary>
    public ValueTask CompleteAsync()
    {
        End(error: null, drops: false);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends both directions, with an error that the other side sees if it hasn't seen our end; received items are dropped.</summary>
    public ValueTask AbortAsync(RpcException? error = null)
    {
        End(error, drops: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends what hasn't ended yet.</summary>
#pragma warning disable CA1816 // nobody outside can derive from it, and nothing here has a finalizer
    public ValueTask DisposeAsync() => AbortAsync();
#pragma warning restore CA1816

    /// <summary>Says how much may come; once the other side is known to count.</summary>
    internal void Grant()
    {
        lock (_gate)
            GrantIfLow();
    }

    /// <summary>The other side says how much it takes, from the first byte of the stream on.</summary>
    internal void ReceiveCredit(long credit)
    {
        lock (_gate)
        {
            _credit = _credit == long.MaxValue && !_isOpener ? credit : Math.Max(_credit, credit);
            WakeSender();
        }
    }

    /// <summary>Takes an item that came; drops it if nobody will read it.</summary>
    internal void Receive(RpcItem item)
    {
        lock (_gate)
        {
            if (TakesItems && !_hasRemoteEnd && !_isDropping)
            {
                _items.Enqueue(item);
                _queued += item.Length;
                _peer.Budget.Add(item.Length);
                if (_items.Count == 1)
                    _readable.Set();
                return;
            }
        }

        item.Dispose();
    }

    /// <summary>The other side's end came; answered at once where nothing of ours can follow.</summary>
    internal void ReceiveEnd(RpcException? error)
    {
        lock (_gate)
        {
            if (_hasRemoteEnd)
                return;
            _hasRemoteEnd = true;
            var mayGoOn = error is null && (_type == RpcMethodType.Duplex || (_type == RpcMethodType.Sink && !_isOpener));
            var cutsUs = !mayGoOn && SendsItems && !_hasLocalEnd;
            if (error is not null || cutsUs)
                Fail(error is null ? new StackException(StackError.Closed) : error);
            if (!mayGoOn && !_hasLocalEnd)
            {
                _hasLocalEnd = true;
                WakeSender();
                _peer.SendEnd(_id, error: null);
            }

            if (_hasLocalEnd)
                _peer.Remove(this);
            _readable.Set();
        }
    }

    /// <summary>Nobody took its items while they held up the connection.</summary>
    internal void Stall()
    {
        lock (_gate)
            Fail(new StackException(StackError.StreamStalled));
        End(new RpcException(StackError.StreamStalled.ToString()), drops: true);
    }

    /// <summary>The connection is gone.</summary>
    internal void Fail(StackError error)
    {
        lock (_gate)
        {
            if (_hasLocalEnd && _hasRemoteEnd)
                return;
            _hasLocalEnd = true;
            Fail(new StackException(error));
            _readable.Set();
        }
    }

    private void GrantIfLow()
    {
        if (!_peer.CountsCredit || !TakesItems || _hasRemoteEnd || _isDropping)
            return;
        var window = _peer.StreamWindow;
        if (_granted - _taken > window / 2)
            return;
        _granted = _taken + window;
        _peer.SendCredit(_id, _granted);
    }

    private void WakeSender() => _creditCame?.Open();

    private ValueTask WaitToSendAsync(CancellationToken cancellationToken)
    {
        SendShare share;
        lock (_gate)
        {
            if (_hasLocalEnd)
                return ValueTask.CompletedTask;
            if (_sent >= _credit)
            {
                if (!_peer.CountsCredit)
                    _peer.FindOut();
                _creditCame ??= new AsyncGate();
                return _creditCame.WaitAsync(cancellationToken);
            }

            share = _share;
        }

        return _peer.Queue.WaitForRoomAsync(share, cancellationToken);
    }

    private void Fail(Exception failure)
    {
        WakeSender();
        _failure ??= failure;
        if (_aborted is not null)
            _aborting = _aborted.CancelAsync();
    }

    internal virtual void End(RpcException? error, bool drops)
    {
        long dropped = 0;
        var count = 0;
        lock (_gate)
        {
            if (!_hasLocalEnd)
            {
                _hasLocalEnd = true;
                WakeSender();
                _peer.SendEnd(_id, error);
                if (_hasRemoteEnd)
                    _peer.Remove(this);
            }

            if (drops)
            {
                _isDropping = true;
                (dropped, count) = (_queued, _items.Count);
                _queued = 0;
                while (_items.TryDequeue(out var item))
                    item.Dispose();
                if (count > 0)
                    _peer.Forget(this);
                _readable.Set();
            }
        }

        _peer.Budget.Release(dropped, count);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RpcItem?> ReadSlowAsync(CancellationToken cancellationToken)
    {
        while (await WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (TryRead(out var item))
                return item;
        }

        return null;
    }

    private bool TrySend(RpcKind kind, ReadOnlySpan<byte> body, bool throwIfEnded)
    {
        if (body.IsEmpty || body.Length > _peer.MaxItemSize)
            throw new ArgumentException("An item has 1 byte to the largest size of the connection.", nameof(body));
        if (!SendsItems)
            throw new InvalidOperationException("Items of this stream go the other way.");
        lock (_gate)
        {
            if (_hasLocalEnd)
                return throwIfEnded ? throw _failure ?? new StackException(StackError.Closed) : false;
            var error = StackError.None;
            if (_sent < _credit && _peer.Queue.TryAddItem(kind, _id, body, ref _share, out error))
            {
                _sent += body.Length + ReceiveBudget.ItemOverhead;
                return true;
            }

            return throwIfEnded && error != StackError.None ? throw new StackException(error) : false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendSlowAsync(RpcKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        do
        {
            await WaitToSendAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!TrySend(kind, body.Span, throwIfEnded: true));
    }
}
