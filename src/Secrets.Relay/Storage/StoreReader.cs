using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>One reading connection with its prepared query.</summary>
internal sealed class StoreReader : IDisposable
{
    private const int MaxBusyMilliseconds = 5_000;

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _find;

    /// <summary>Opens a connection of its own.</summary>
    public StoreReader(string path)
    {
        _database = SqliteDatabase.Open(path, TimeSpan.FromMilliseconds(MaxBusyMilliseconds));
        _database.Execute("PRAGMA query_only=ON; PRAGMA cache_size=-512;");
        _begin = _database.Prepare("BEGIN");
        _commit = _database.Prepare("COMMIT");
        _find = _database.Prepare("SELECT class, signature, body FROM box WHERE address=?1");
    }

    /// <summary>What is under each of the addresses at one moment; null for nothing. After an exception it is of no more use.</summary>
    public void Find(ReadOnlySpan<BoxAddress> addresses, Span<KeptBox?> found)
    {
        // in one transaction the lock is taken, and what others changed is looked at, once for all
        _begin.Run();
        for (var i = 0; i < addresses.Length; i++)
            found[i] = Find(addresses[i].Bytes);
        _commit.Run();
    }

    /// <summary>Copies class, signature, body from the current row, from <paramref name="column"/> on.</summary>
    /// <exception cref="SqliteException">The row is none that this program wrote.</exception>
    public static KeptBox Copy(SqliteStatement row, int column)
    {
        var boxClass = (BoxClass)row.Number(column);
        if (!boxClass.IsKnown || !Ed25519Signature.TryRead(row.Blob(column + 1), out var signature))
            throw SqliteException.Damaged();
        return new KeptBox(boxClass, signature, row.Blob(column + 2).ToArray());
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _find.Dispose();
        _database.Dispose();
    }

    private KeptBox? Find(ReadOnlySpan<byte> address)
    {
        try
        {
            return _find.Bind(1, address).Step() ? Copy(_find, 0) : null;
        }
        finally
        {
            _find.Reset();
        }
    }
}
