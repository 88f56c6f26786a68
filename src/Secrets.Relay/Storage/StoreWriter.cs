using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>The one thread that writes: takes what has gathered, commits it in one transaction, then tells each outcome.</summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    // one flush carries at most so many writes; with more the wait of the first outweighs what the last gains
    private const int BatchLimit = 256;

    // from so many writes in one flush on, the next flush waits a moment for more
    private const int GatherAbove = 32;
    private const int GatherUpTo = 96;

    // outcomes told by one turn of a pool thread
    private const int TellStep = 32;

    // rows of one small step of cleaning, between which waiting writes go first
    private const int ExpiryStep = 64;

    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan ExpiryInterval = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly BoxTable _table;
    private readonly StoreSpace _space;
    private readonly KeepingClock _days;
    private readonly StoreCheckpointer _checkpointer;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly int _keepDays;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private List<BoxWrite> _waiting = [];
    private List<TaskCompletionSource> _expiryWaiters = [];
    private int _wakeAt = 1;
    private bool _isExpiryDue = true;
    private bool _isStopping;
    private int _rowsInLog;
    private int _full;
    private long _usedBytes;

    /// <summary>Starts the thread; owns the table.</summary>
    public StoreWriter(BoxTable table, BoxStoreOptions options, StoreCheckpointer checkpointer, TimeProvider clock, ILogger logger)
    {
        _table = table;
        _space = new StoreSpace(options, clock);
        _checkpointer = checkpointer;
        _clock = clock;
        _logger = logger;
        _keepDays = options.KeepDays;
        _days = table.LoadClock(clock.GetUtcNow());
        Measure();
        _thread = new Thread(Run) { IsBackground = true, Name = "box writer" };
        _thread.Start();
        _timer = clock.CreateTimer(_ => Wake(), null, ExpiryInterval, ExpiryInterval);
    }

    /// <summary>How full the store is, as last measured.</summary>
    public FullLevel Full => (FullLevel)Volatile.Read(ref _full);

    /// <summary>Bytes in use, as last measured.</summary>
    public long UsedBytes => Volatile.Read(ref _usedBytes);

    /// <summary>Hands a write over; refused at once when stopping.</summary>
    public void Enqueue(BoxWrite write)
    {
        lock (_gate)
        {
            if (!_isStopping)
            {
                _waiting.Add(write);
                if (_waiting.Count == _wakeAt)
                    Monitor.Pulse(_gate);
                return;
            }
        }
        write.OnCompleted();
    }

    /// <summary>Cleans now; done when nothing expired is left.</summary>
    public Task ExpireAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isStopping)
                return Task.CompletedTask;
            _expiryWaiters.Add(done);
            _isExpiryDue = true;
            Monitor.Pulse(_gate);
        }
        return done.Task;
    }

    /// <summary>Commits what was handed over and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }
        await _ended.Task.ConfigureAwait(false);
    }

    private void Wake()
    {
        lock (_gate)
        {
            _isExpiryDue = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        var batch = new List<BoxWrite>();
        while (TryTake(ref batch, out var expire))
        {
            for (var start = 0; start < batch.Count; start += BatchLimit)
                Commit(batch, start, Math.Min(batch.Count, start + BatchLimit));
            if (expire)
                Expire();
        }
        _table.Dispose();
        foreach (var waiter in _expiryWaiters)
            _ = waiter.TrySetResult();
        _ = _ended.TrySetResult();
    }

    private bool TryTake(ref List<BoxWrite> batch, out bool expire)
    {
        lock (_gate)
        {
            Gather(batch.Count);
            _wakeAt = 1;
            while (_waiting.Count == 0 && !_isExpiryDue && !_isStopping)
                _ = Monitor.Wait(_gate);
            _wakeAt = int.MaxValue;
            batch.Clear();
            (batch, _waiting) = (_waiting, batch);
            expire = _isExpiryDue && !_isStopping;
            _isExpiryDue = false;
            return batch.Count > 0 || !_isStopping;
        }
    }

    // under load a flush that carries more is cheaper for all: wait a moment for as many as last time and more
    private void Gather(int lastBatch)
    {
        if (lastBatch < GatherAbove || _waiting.Count >= GatherUpTo || _isStopping)
            return;
        _wakeAt = GatherUpTo;
        _ = Monitor.Wait(_gate, GatherTime);
    }

    private void Commit(List<BoxWrite> batch, int start, int end)
    {
        try
        {
            _table.Begin();
            for (var i = start; i < end; i++)
                batch[i].Result = Apply(batch[i]);
            _table.Commit();
            Measure();
            CountTowardsMove(end - start);
        }
        catch (SqliteException e)
        {
            Log.WriteFailed(_logger, e.Fault);
            _table.Rollback();
            for (var i = start; i < end; i++)
                batch[i].Result = PutResult.Refused;
        }
        Tell(batch, start, end);
        if (_checkpointer.TakeRest())
            _table.MoveLog();
    }

    // on the pool, so that the next commit doesn't wait for answers being written
    private static void Tell(List<BoxWrite> batch, int start, int end)
    {
        for (; start < end; start += TellStep)
        {
            var step = batch.GetRange(start, Math.Min(TellStep, end - start));
            _ = ThreadPool.UnsafeQueueUserWorkItem(static told => told.ForEach(static write => write.OnCompleted()), step, preferLocal: false);
        }
    }

    private void CountTowardsMove(int rows)
    {
        _rowsInLog += rows;
        if (_rowsInLog < StoreCheckpointer.MoveAfterRows)
            return;
        _rowsInLog = 0;
        _checkpointer.Move();
    }

    private PutResult Apply(BoxWrite write) =>
        _table.Put(write, _days.Day, Full < (IsLarge(write) ? FullLevel.Large : FullLevel.All));

    private static bool IsLarge(BoxWrite write) => !write.Box.IsMark && write.Box.Class is BoxClass.Large;

    private void Measure()
    {
        var used = _table.UsedBytes;
        var full = (int)_space.Measure(used);
        Volatile.Write(ref _usedBytes, used);
        if (Interlocked.Exchange(ref _full, full) != full)
            Log.FullLevelChanged(_logger, (FullLevel)full);
    }

    private void Expire()
    {
        var removed = 0;
        try
        {
            _table.Begin();
            if (_days.Advance(_clock.GetUtcNow()))
                _table.SaveClock(_days);
            removed = _table.RemoveExpired(_days.Day - _keepDays, ExpiryStep);
            _table.Commit();
            Measure();
        }
        catch (SqliteException e)
        {
            Log.WriteFailed(_logger, e.Fault);
            _table.Rollback();
        }
        FinishExpiry(removed);
    }

    private void FinishExpiry(int removed)
    {
        List<TaskCompletionSource> waiters;
        lock (_gate)
        {
            if (removed > 0)
            {
                _isExpiryDue = true;
                return;
            }
            (waiters, _expiryWaiters) = (_expiryWaiters, []);
        }
        foreach (var waiter in waiters)
            _ = waiter.TrySetResult();
    }
}
