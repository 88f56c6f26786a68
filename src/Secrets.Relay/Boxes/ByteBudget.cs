namespace Secrets.Relay.Boxes;

/// <summary>Bytes that may be worked on at once. Who wants more waits in line.</summary>
internal sealed class ByteBudget
{
    private readonly Lock _gate = new();
    private readonly Queue<(int Bytes, TaskCompletionSource Turn)> _line = [];
    private readonly int _size;
    private int _free;

    /// <summary>With this many bytes; a single piece may have no more.</summary>
    public ByteBudget(int size)
    {
        _size = size;
        _free = size;
    }

    /// <summary>Bytes in all.</summary>
    public int Size => _size;

    /// <summary>Takes bytes, when it is one's turn. Who is cancelled gives back what it was given.</summary>
    public ValueTask TakeAsync(int bytes, CancellationToken cancellationToken)
    {
        bytes = Math.Min(bytes, _size);
        lock (_gate)
        {
            if (_line.Count == 0 && _free >= bytes)
            {
                _free -= bytes;
                return ValueTask.CompletedTask;
            }
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _line.Enqueue((bytes, turn));
            return WaitAsync(turn, bytes, cancellationToken);
        }
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(int bytes)
    {
        lock (_gate)
        {
            _free += Math.Min(bytes, _size);
            while (_line.TryPeek(out var first) && (_free >= first.Bytes || first.Turn.Task.IsCompleted))
            {
                _ = _line.Dequeue();
                if (first.Turn.TrySetResult())
                    _free -= first.Bytes;
            }
        }
    }

    private async ValueTask WaitAsync(TaskCompletionSource turn, int bytes, CancellationToken cancellationToken)
    {
        try
        {
            await turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!turn.TrySetCanceled(cancellationToken))
                Release(bytes);
            throw;
        }
    }
}
