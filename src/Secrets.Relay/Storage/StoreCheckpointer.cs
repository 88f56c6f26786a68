namespace Secrets.Relay.Storage;

/// <summary>Moves the write-ahead log into the database on a connection of its own, so that no commit waits for it, and empties the log twice a minute.</summary>
internal sealed class StoreCheckpointer : IAsyncDisposable
{
    // 4 KiB boxes take about 9 KB of log: a move for each thousand of them
    private const long MoveAbove = 8L << 20;

    private const long TruncateAbove = 256L << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TruncateInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly SqliteDatabase _database;
    private readonly FileInfo _log;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _lastTruncate;

    /// <summary>Opens a connection of its own and starts.</summary>
    public StoreCheckpointer(string path, TimeProvider clock, ILogger logger)
    {
        _database = SqliteDatabase.Open(path, BusyTimeout);
        _database.Execute("PRAGMA secure_delete=ON; PRAGMA synchronous=FULL; PRAGMA cache_size=-256;");
        _log = new FileInfo(path + "-wal");
        _clock = clock;
        _logger = logger;
        _lastTruncate = clock.GetTimestamp();
        _running = RunAsync(_stop.Token);
    }

    /// <summary>Moves all and empties the log; false if a reader or writer was in the way, then the next turn does it.</summary>
    public bool Truncate()
    {
        lock (_gate)
        {
            // most of it moves without holding up the writer; only the rest is moved under its lock
            return _database.TryCheckpoint(truncate: false) & _database.TryCheckpoint(truncate: true);
        }
    }

    /// <summary>Stops, empties the log and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _ = Truncate();
        _database.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                Turn();
        }
        catch (OperationCanceledException)
        {
            // the store is closing
        }
    }

    private void Turn()
    {
        _log.Refresh();
        var length = _log.Exists ? _log.Length : 0;
        if (length == 0)
            return;
        if (length > TruncateAbove || _clock.GetElapsedTime(_lastTruncate) >= TruncateInterval)
        {
            if (Truncate())
                _lastTruncate = _clock.GetTimestamp();
            else
                Log.CheckpointDelayed(_logger);
        }
        else if (length > MoveAbove)
        {
            lock (_gate)
                _ = _database.TryCheckpoint(truncate: false);
        }
    }
}
