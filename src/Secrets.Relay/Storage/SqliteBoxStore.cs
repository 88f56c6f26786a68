using System.Collections.Concurrent;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>Boxes in one SQLite file: one writing thread that gathers writes into transactions, readers beside it, checkpoints on a third connection.</summary>
/// <remarks>Opening does no work that depends on the number of boxes. The caller bounds how many writes are under way.</remarks>
internal sealed class SqliteBoxStore : IBoxStore
{
    /// <summary>The database's file name in the data folder.</summary>
    public const string FileName = "boxes.db";

    private const int MaxIdleReaders = 8;

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly ConcurrentBag<StoreReader> _readers = [];
    private readonly StoreWriter _writer;
    private readonly StoreCheckpointer _checkpointer;
    private int _idleReaders;

    private SqliteBoxStore(string path, StoreWriter writer, StoreCheckpointer checkpointer)
    {
        _path = path;
        _writer = writer;
        _checkpointer = checkpointer;
    }

    /// <inheritdoc/>
    public FullLevel Full => _writer.Full;

    /// <inheritdoc/>
    public long UsedBytes => _writer.UsedBytes;

    /// <summary>Opens the database in the folder, making it where it isn't.</summary>
    /// <exception cref="RelayException">The folder or the file can't be used.</exception>
    public static SqliteBoxStore Open(BoxStoreOptions options, TimeProvider clock, ILogger logger)
    {
        var path = Path.Combine(options.Folder, FileName);
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(path, BusyTimeout);
            SqliteSchema.Ensure(database);
            SqliteSchema.Prepare(database);
            if (options.MaxPagesForTestsOnly > 0)
                database.Execute(string.Create(null, $"PRAGMA max_page_count={options.MaxPagesForTestsOnly}"));
            var table = new BoxTable(database);
            var checkpointer = new StoreCheckpointer(path, clock, logger);
            return new SqliteBoxStore(path, new StoreWriter(table, options, checkpointer, clock, logger), checkpointer);
        }
        catch (SqliteException e)
        {
            database?.Dispose();
            throw new RelayException(e.Fault is SqliteFault.Damaged ? RelayErrorCode.DataDamaged : RelayErrorCode.DataUnusable);
        }
        catch (RelayException)
        {
            database?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Put(BoxWrite write) => _writer.Enqueue(write);

    /// <inheritdoc/>
    public void Find(ReadOnlySpan<BoxAddress> addresses, Span<KeptBox?> found)
    {
        if (addresses.IsEmpty)
            return;
        StoreReader? reader = null;
        try
        {
            if (_readers.TryTake(out reader))
                _ = Interlocked.Decrement(ref _idleReaders);
            else
                reader = new StoreReader(_path);
            reader.Find(addresses, found);
            Return(reader);
        }
        catch (SqliteException)
        {
            found.Clear();
            reader?.Dispose();
            throw new RelayException(RelayErrorCode.DataUnusable);
        }
    }

    /// <summary>Looks at the calendar and removes what has expired; done when nothing expired is left.</summary>
    public Task ExpireAsync() => _writer.ExpireAsync();

    /// <summary>Moves the log into the database and empties it.</summary>
    public bool Checkpoint() => _checkpointer.Truncate();

    /// <summary>Finishes the writes under way, empties the log and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _checkpointer.DisposeAsync().ConfigureAwait(false);
        while (_readers.TryTake(out var reader))
            reader.Dispose();
    }

    private void Return(StoreReader reader)
    {
        if (Interlocked.Increment(ref _idleReaders) <= MaxIdleReaders)
        {
            _readers.Add(reader);
            return;
        }
        _ = Interlocked.Decrement(ref _idleReaders);
        reader.Dispose();
    }
}
