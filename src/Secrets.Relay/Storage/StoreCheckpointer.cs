namespace Secrets.Relay.Storage;

/// <summary>Moves the write-ahead log into the database on a thread and connection of its own, so that no commit waits for it, and empties the log twice a minute.</summary>
internal sealed class StoreCheckpointer : IAsyncDisposable
{
    /// <summary>A move is due after so many rows, about 7 MB of log: pages that many rows change are moved once, and the flush it ends with holds up no other for long.</summary>
    public const int MoveAfterRows = 768;

    // a log of so many pages is due to start over from its beginning: so it stays at some 30 MB and is written in place, in memory that the system has at hand
    private const int PagesOfALog = 4096;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TruncateInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly Lock _connection = new();
    private readonly SqliteDatabase _database;
    private readonly FileInfo _log;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastTruncate;
    private bool _isRestDue;
    private bool _isMoveDue;
    private bool _isLookDue;
    private bool _isStopping;

    /// <summary>Opens a connection of its own and starts.</summary>
    public StoreCheckpointer(string path, TimeProvider clock, ILogger logger)
    {
        _database = SqliteDatabase.Open(path, BusyTimeout);
        _database.Execute("PRAGMA secure_delete=ON; PRAGMA synchronous=FULL; PRAGMA cache_size=-256;");
        _log = new FileInfo(path + "-wal");
        _clock = clock;
        _logger = logger;
        _lastTruncate = clock.GetTimestamp();
        new Thread(Run) { IsBackground = true, Name = "checkpointer" }.Start();
        _timer = clock.CreateTimer(_ => Wake(ref _isLookDue), null, Interval, Interval);
    }

    /// <summary>Asks for a move.</summary>
    public void Move() => Wake(ref _isMoveDue);

    /// <summary>
    /// True, once, when the log is long: then the writer is to move the rest itself, between two commits. Only then nothing is written meanwhile,
    /// all is moved, and its next commit starts the log over. From here the writer's lock would be had late or never, as it commits without a pause.
    /// </summary>
    public bool TakeRest()
    {
        if (!Volatile.Read(ref _isRestDue))
            return false;
        Volatile.Write(ref _isRestDue, false);
        return true;
    }

    /// <summary>Moves all and empties the log; false if a reader or writer was in the way, then the next turn does it.</summary>
    public bool Truncate()
    {
        lock (_connection)
        {
            // most of it moves without holding up the writer; only the rest is moved under its lock
            return _database.TryCheckpoint(CheckpointMode.Move) & _database.TryCheckpoint(CheckpointMode.Truncate);
        }
    }

    /// <summary>Stops, empties the log and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Wake(ref _isStopping);
        await _ended.Task.ConfigureAwait(false);
        _ = Truncate();
        _database.Dispose();
    }

    private void Wake(ref bool flag)
    {
        lock (_gate)
        {
            flag = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (TryWait(out var move))
        {
            if (move)
                MoveNow();
            TruncateIfDue();
        }
        _ = _ended.TrySetResult();
    }

    private void MoveNow()
    {
        lock (_connection)
        {
            if (_database.TryCheckpoint(CheckpointMode.Move, out var pages) && pages >= PagesOfALog)
                Volatile.Write(ref _isRestDue, true);
        }
    }

    private bool TryWait(out bool move)
    {
        lock (_gate)
        {
            while (!_isMoveDue && !_isLookDue && !_isStopping)
                _ = Monitor.Wait(_gate);
            move = _isMoveDue;
            _isMoveDue = false;
            _isLookDue = false;
            return !_isStopping;
        }
    }

    private void TruncateIfDue()
    {
        _log.Refresh();
        var length = _log.Exists ? _log.Length : 0;
        if (length == 0 || _clock.GetElapsedTime(_lastTruncate) < TruncateInterval)
            return;
        if (Truncate())
            _lastTruncate = _clock.GetTimestamp();
        else
            Log.CheckpointDelayed(_logger);
    }
}
