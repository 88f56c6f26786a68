namespace Secrets.Stack;

/// <summary>Counts the bytes of one connection that wait for their consumers, and tells when reading must pause.</summary>
internal sealed class ReceiveBudget(int limit)
{
    /// <summary>What an item costs besides its bytes, so that empty ones are bounded too.</summary>
    public const int ItemOverhead = 64;

    private readonly Lock _gate = new();
    private long _used;
    private TaskCompletionSource? _room;

    public bool IsFull
    {
        get
        {
            lock (_gate)
                return _used >= limit;
        }
    }

    public void Add(int length)
    {
        lock (_gate)
            _used += length + ItemOverhead;
    }

    public void Release(long length, int items)
    {
        lock (_gate)
        {
            _used -= length + ((long)items * ItemOverhead);
            if (_used >= limit)
                return;
            _room?.TrySetResult();
            _room = null;
        }
    }

    /// <summary>Ends when there is room.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_used < limit)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }
}
