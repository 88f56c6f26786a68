using SQLitePCL;

namespace Secrets.Relay.Storage;

/// <summary>A prepared statement; used by one thread at a time, reset by its user after each run.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3_stmt _statement;

    internal SqliteStatement(sqlite3_stmt statement) => _statement = statement;

    /// <summary>Sets parameter <paramref name="index"/> (from 1) to a number.</summary>
    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    /// <summary>Sets parameter <paramref name="index"/> (from 1) to bytes, which are copied.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    /// <summary>Sets parameter <paramref name="index"/> (from 1) to nothing.</summary>
    public SqliteStatement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW)
            return true;
        if (code is raw.SQLITE_DONE)
            return false;
        _ = raw.sqlite3_reset(_statement);
        throw new SqliteException(code);
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        _ = Step();
        Reset();
    }

    /// <summary>Ends the run, so that no lock is held.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>A number of the current row.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Bytes of the current row, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Frees the statement.</summary>
    public void Dispose() => _statement.Dispose();

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new SqliteException(code);
    }
}
