using SQLitePCL;

namespace Secrets.Relay.Storage;

/// <summary>An SQLite call failed. Carries the kind of fault and no text from the database: that could name a row.</summary>
internal sealed class SqliteException : Exception
{
    /// <summary>For an SQLite result code.</summary>
    public SqliteException(int code) : base("The box database failed.") => Fault = Classify(code);

    /// <summary>The kind of fault.</summary>
    public SqliteFault Fault { get; }

    /// <summary>For content that can't be.</summary>
    public static SqliteException Damaged() => new(raw.SQLITE_CORRUPT);

    private static SqliteFault Classify(int code) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => SqliteFault.Full,
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM => SqliteFault.Io,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => SqliteFault.Damaged,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => SqliteFault.Busy,
        _ => SqliteFault.Other,
    };
}
