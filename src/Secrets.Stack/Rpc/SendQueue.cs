using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace Secrets.Stack;

/// <summary>Packets on their way out: many may add, one loop seals all that has gathered and flushes it once.</summary>
/// <remarks>Who adds while nothing is under way, and expects nobody else to, may send by itself: that spares a change of threads. Idle, it holds no memory. Spec: docs/protocol/stack.md §4.4.</remarks>
internal sealed class SendQueue(BoxSealer sealer, int limit, int maxItem)
{
    /// <summary>How far answers that nobody waits for (errors, ends) may go beyond the limit and the one item that may exceed it.</summary>
    public const int ControlReserve = 1 << 20;

    /// <summary>Plaintext sealed in one go: 15 boxes, which fit 64 KiB.</summary>
    private const int RunSize = 15 * BoxFormat.MaxSentBody;

    private const int FirstBuffer = 4 << 10;

    private readonly Lock _gate = new();
    private readonly AsyncSignal _work = new();
    private byte[] _buffer = [];
    private int _length;
    private int _lastLength;
    private readonly AsyncGate _room = new();
    private long _batch = 1;
    private int _waiting;
    private int _waited;
    private bool _isEnding;
    private bool _isClosed;
    private bool _saysGoodbye;
    private bool _isIdle; // the loop waits, and nobody sends
    private bool _isSendingNow; // whoever added something is sending it
    private Task? _flushing; // what that one left to the loop
    private PipeWriter? _output;
    private Action? _flushed;
    private CancellationToken _cancellation;

    /// <summary>Adds a packet; false with <see cref="StackError.None"/> if there is no room now.</summary>
    public bool TryAdd(RpcKind kind, bool isStream, bool isEnd, int id, ReadOnlySpan<byte> body, out StackError error, bool isAlone = false)
    {
        lock (_gate)
        {
            error = _isEnding ? StackError.Closed : StackError.None;
            if (_isEnding || _length >= limit)
                return false;
            isAlone &= _isIdle && body.Length <= RunSize - PacketFormat.HeaderSize;
            _isSendingNow |= isAlone;
            _isIdle &= !isAlone;
            Add(kind, isStream, isEnd, id, body);
        }

        if (isAlone)
            SendNow();
        return true;
    }

    /// <summary>Adds an item of a stream; false with <see cref="StackError.None"/> also if the stream had its share of this batch while others wait.</summary>
    public bool TryAddItem(RpcKind kind, int id, ReadOnlySpan<byte> body, ref SendShare share, out StackError error)
    {
        lock (_gate)
        {
            error = _isEnding ? StackError.Closed : StackError.None;
            if (_isEnding || _length >= limit || IsShareUsed(share))
                return false;
            share.Add(_batch, body.Length);
            Add(kind, isStream: true, isEnd: false, id, body);
        }

        return true;
    }

    /// <summary>Adds a packet that only peers know who said so; fails as answers do.</summary>
    public StackError AddExtension(byte flags, int id, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            if (_isEnding)
                return StackError.Closed;
            if (_length >= (long)limit + maxItem + ControlReserve)
                return StackError.PeerNotReading;
            Span<byte> header = stackalloc byte[PacketFormat.HeaderSize];
            PacketFormat.WriteExtensionHeader(header, flags, body.Length, id);
            Add(header, body);
        }

        return StackError.None;
    }

    /// <summary>Adds an answer that can't wait; fails only if the other side takes nothing for so long that the reserve is used up.</summary>
    public StackError AddControl(RpcKind kind, bool isStream, bool isEnd, int id, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            if (_isEnding)
                return StackError.Closed;
            if (_length >= (long)limit + maxItem + ControlReserve)
                return StackError.PeerNotReading;
            Add(kind, isStream, isEnd, id, body);
        }

        return StackError.None;
    }

    /// <summary>Waits until there may be room.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => WaitForRoomAsync(default, cancellationToken);

    /// <summary>Waits until there may be room for a stream.</summary>
    public ValueTask WaitForRoomAsync(SendShare share, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isEnding || (_length < limit && !IsShareUsed(share)))
                return ValueTask.CompletedTask;
            _waiting++;
            return _room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Adds the goodbye of the packets: the last thing that is said.</summary>
    public void AddGoodbye()
    {
        lock (_gate)
            SayGoodbye();
        _work.Set();
    }

    /// <summary>Ends the loop when all is sent, with the goodbyes if wanted.</summary>
    public void Close(bool saysGoodbye)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            if (saysGoodbye)
                SayGoodbye();
            _isEnding = true;
            _isClosed = true;
            _saysGoodbye = saysGoodbye;
            EndRoom();
        }

        _work.Set();
    }

    /// <summary>The loop: ends when the queue was closed and all is sent, or with the exception of the output.</summary>
    public async Task RunAsync(PipeWriter output, Action flushed, CancellationToken cancellationToken)
    {
        (_output, _flushed, _cancellation) = (output, flushed, cancellationToken);
        _work.Set();
        try
        {
            while (true)
            {
                await _work.WaitAsync(cancellationToken).ConfigureAwait(false);
                while (Take(out var flushing, out var batch, out var length, out var isLast))
                {
                    await flushing.ConfigureAwait(false);
                    await SendAsync(output, batch, length, isLast && _saysGoodbye, cancellationToken).ConfigureAwait(false);
                    flushed();
                    if (isLast)
                        return;
                }
            }
        }
        finally
        {
            Drop();
            // nobody begins after that; who is at it has one packet to seal and no wait
            SpinWait.SpinUntil(() => !Volatile.Read(ref _isSendingNow));
            if (_flushing is not null)
                await _flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what was added on this thread; what doesn't go out at once is left to the loop.</summary>
    private void SendNow()
    {
        byte[] batch;
        int length;
        lock (_gate)
            (batch, length) = TakeAll();
        Task? flushing = null;
        try
        {
            Seal(_output!, batch.AsSpan(0, length));
            flushing = FinishAsync(_output!.FlushAsync(_cancellation));
            if (flushing.IsCompletedSuccessfully)
            {
                flushing = null;
                _flushed!();
            }
        }
#pragma warning disable CA1031 // the loop meets it, and ends the connection
        catch (Exception exception)
        {
            flushing = Task.FromException(exception);
        }
#pragma warning restore CA1031
        finally
        {
            Return(batch, length);
        }

        lock (_gate)
        {
            _isSendingNow = false;
            _flushing = flushing;
            _isIdle = flushing is null && _length == 0 && !_isClosed;
            if (_isIdle)
                return;
        }

        _work.Set();
    }

    private static async Task FinishAsync(ValueTask<FlushResult> flush)
    {
        if ((await flush.ConfigureAwait(false)).IsCompleted)
            throw new StackException(StackError.UnexpectedEnd);
    }

    private void Add(RpcKind kind, bool isStream, bool isEnd, int id, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[PacketFormat.HeaderSize];
        PacketFormat.WriteHeader(header, kind, isStream, isEnd, body.Length, id);
        Add(header, body);
    }

    private void Add(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var wasEmpty = _length == 0;
        Append(header);
        Append(body);
        if (wasEmpty && !_isSendingNow)
            _work.Set();
    }

    /// <summary>Streams that wait, or waited for the batch before, share each batch.</summary>
    private bool IsShareUsed(SendShare share) => share.In(_batch) >= Math.Max(limit / Math.Max(1, Math.Max(_waited, _waiting + 1)), BoxFormat.MaxSentBody);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _length < bytes.Length)
        {
            // a stream that fills batch after batch is not copied from size to size each time
            var first = Math.Max(FirstBuffer, _lastLength);
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(first, Math.Max(_length + bytes.Length, 2 * _length)));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            Return(_buffer, _length);
            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private bool Take(out Task flushing, out byte[] batch, out int length, out bool isLast)
    {
        lock (_gate)
        {
            (flushing, batch, length, isLast) = (Task.CompletedTask, [], 0, false);
            if (_isSendingNow)
                return false; // that one wakes the loop if there is more
            if (_flushing is not null)
            {
                (flushing, _flushing) = (_flushing, null);
                return true;
            }

            _isIdle = _length == 0 && !_isClosed;
            if (_isIdle)
                return false;
            isLast = _isClosed;
            (batch, length) = TakeAll();
            return true;
        }
    }

    private (byte[] Batch, int Length) TakeAll()
    {
        var (batch, length) = (_buffer, _length);
        _buffer = [];
        _length = 0;
        // halved each time: what comes after a pause begins small again
        _lastLength = Math.Max(length, _lastLength / 2);
        EndRoom();
        return (batch, length);
    }

    private void SayGoodbye()
    {
        if (_isEnding)
            return;
        Append(stackalloc byte[PacketFormat.HeaderSize]);
        _isEnding = true;
        EndRoom();
    }

    private void EndRoom()
    {
        _batch++;
        _waited = _waiting;
        _waiting = 0;
        _room.Open();
    }

    private async ValueTask SendAsync(PipeWriter output, byte[] batch, int length, bool saysGoodbye, CancellationToken cancellationToken)
    {
        try
        {
            for (var start = 0; start < length || saysGoodbye; start += RunSize)
            {
                var run = Math.Min(RunSize, length - start);
                Seal(output, batch.AsSpan(start, run));
                if (saysGoodbye && start + run == length)
                {
                    SealGoodbye(output);
                    saysGoodbye = false;
                }

                var result = await output.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (result.IsCompleted)
                    throw new StackException(StackError.UnexpectedEnd);
            }
        }
        finally
        {
            Return(batch, length);
        }
    }

    private void Seal(PipeWriter output, ReadOnlySpan<byte> plain)
    {
        var memory = output.GetSpan(BoxFormat.SealedLength(plain.Length));
        var length = sealer.Seal(plain, memory);
        output.Advance(length);
        StackMetrics.Sent(length);
    }

    private void SealGoodbye(PipeWriter output)
    {
        sealer.SealGoodbye(output.GetSpan(BoxFormat.HeaderSize));
        output.Advance(BoxFormat.HeaderSize);
        StackMetrics.Sent(BoxFormat.HeaderSize);
    }

    private void Drop()
    {
        lock (_gate)
        {
            _isEnding = true;
            _isClosed = true;
            Return(_buffer, _length);
            _buffer = [];
            _length = 0;
            EndRoom();
        }
    }

    private static void Return(byte[] buffer, int used)
    {
        if (buffer.Length == 0)
            return;
        CryptographicOperations.ZeroMemory(buffer.AsSpan(0, used));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
