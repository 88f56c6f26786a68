using SQLitePCL;

namespace Secrets.Relay.Storage;

/// <summary>One connection to the box database; used by one thread at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _database;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 database) => _database = database;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_database);

    /// <summary>Opens the file, making it where it isn't; a lock of another connection is waited for.</summary>
    /// <exception cref="SqliteException">The file can't be opened or is no database.</exception>
    public static SqliteDatabase Open(string path, TimeSpan busyTimeout)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, Flags, null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new SqliteException(code);
        }
        _ = raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds);
        return new SqliteDatabase(handle);
    }

    /// <summary>Prepares one statement that lives as long as its user wants.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code);
        return new SqliteStatement(statement);
    }

    /// <summary>Runs one or more statements whose rows nobody wants.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_database, sql);
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code);
    }

    /// <summary>The first number that a query gives; 0 without a row.</summary>
    public long QueryNumber(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>Moves the log into the database; false if somebody was in the way.</summary>
    public bool TryCheckpoint(CheckpointMode mode) => TryCheckpoint(mode, out _);

    /// <summary>Moves the log into the database and tells how many pages are in the log, moved or not; false if somebody was in the way.</summary>
    public bool TryCheckpoint(CheckpointMode mode, out int pages)
    {
        var code = mode switch
        {
            CheckpointMode.Move => raw.SQLITE_CHECKPOINT_PASSIVE,
            CheckpointMode.Truncate => raw.SQLITE_CHECKPOINT_TRUNCATE,
        };
        return raw.sqlite3_wal_checkpoint_v2(_database, "main", code, out pages, out _) == raw.SQLITE_OK;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _database.Dispose();
}
