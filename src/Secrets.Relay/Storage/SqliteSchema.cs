namespace Secrets.Relay.Storage;

/// <summary>The tables of the box database and their version.</summary>
/// <remarks>
/// Rows lie in the order of their days, as every change of a row gives it a new highest id: so expiry looks only at the lowest ids, and needs no index.
/// The address is a unique index beside a table in order of arrival; a table in order of the address would be three times slower to write.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>The version this program writes. It opens all versions up to it.</summary>
    public const int Version = 1;

    private const int ApplicationId = 0x53624f78; // "SbOx"

    private const string Create = """
        CREATE TABLE box(id INTEGER PRIMARY KEY, day INTEGER NOT NULL, class INTEGER NOT NULL, address BLOB NOT NULL, signature BLOB NOT NULL, body BLOB);
        CREATE UNIQUE INDEX box_address ON box(address);
        CREATE TABLE state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Sets the writing connection's modes: write-ahead log, a flush at every commit, freed bytes overwritten, room for what the largest batch changes.</summary>
    public static void Prepare(SqliteDatabase database) =>
        database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192;");

    /// <summary>Makes the tables in an empty file; refuses a file of another program or a later version.</summary>
    /// <exception cref="RelayException">It is such a file.</exception>
    public static void Ensure(SqliteDatabase database)
    {
        var version = database.QueryNumber("PRAGMA user_version");
        var application = database.QueryNumber("PRAGMA application_id");
        if (version == 0 && application == 0 && database.QueryNumber("SELECT count(*) FROM sqlite_schema") == 0)
        {
            database.Execute(string.Create(null, $"BEGIN IMMEDIATE; {Create} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version}; COMMIT;"));
            return;
        }
        if (application != ApplicationId)
            throw new RelayException(RelayErrorCode.DataNotOurs);
        if (version > Version)
            throw new RelayException(RelayErrorCode.DataTooNew);
    }
}
