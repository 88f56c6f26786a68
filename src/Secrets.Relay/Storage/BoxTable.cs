using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>The writing connection: puts rows inside a transaction of its caller, and removes what has expired.</summary>
internal sealed class BoxTable : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _replace;
    private readonly SqliteStatement _oldest;
    private readonly SqliteStatement _remove;
    private readonly SqliteStatement _saveState;
    private readonly SqliteStatement _pages;
    private readonly SqliteStatement _freePages;
    private readonly long _pageSize;
    private long _nextId;

    /// <summary>Takes over an open connection whose schema was ensured.</summary>
    public BoxTable(SqliteDatabase database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _rollback = database.Prepare("ROLLBACK");
        _insert = database.Prepare("INSERT OR IGNORE INTO box(id, day, class, address, signature, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        _find = database.Prepare("SELECT id, day, class, signature, body FROM box WHERE address=?1");
        _replace = database.Prepare("UPDATE box SET id=?2, day=?3, class=?4, signature=?5, body=?6 WHERE id=?1");
        _oldest = database.Prepare("SELECT id, day FROM box ORDER BY id LIMIT ?1");
        _remove = database.Prepare("DELETE FROM box WHERE id<=?1");
        _saveState = database.Prepare("INSERT OR REPLACE INTO state(name, value) VALUES('day', ?1), ('calendar', ?2)");
        _pages = database.Prepare("PRAGMA page_count");
        _freePages = database.Prepare("PRAGMA freelist_count");
        _pageSize = database.QueryNumber("PRAGMA page_size");
        _nextId = database.QueryNumber("SELECT max(id) FROM box") + 1;
    }

    /// <summary>Bytes in use, without those that removed rows left free.</summary>
    public long UsedBytes => (Number(_pages) - Number(_freePages)) * _pageSize;

    /// <summary>The days as stored; a new store begins today.</summary>
    public KeepingClock LoadClock(DateTimeOffset now)
    {
        var day = _database.QueryNumber("SELECT value FROM state WHERE name='day'");
        var calendar = _database.QueryNumber("SELECT value FROM state WHERE name='calendar'");
        return new KeepingClock(day, calendar == 0 ? now.ToUnixTimeSeconds() / (24 * 60 * 60) : calendar);
    }

    /// <summary>Stores the days.</summary>
    public void SaveClock(KeepingClock clock) => _saveState.Bind(1, clock.Day).Bind(2, clock.CalendarDay).Run();

    /// <summary>Starts a transaction.</summary>
    public void Begin() => _begin.Run();

    /// <summary>Ends it; on return it is on the disk.</summary>
    public void Commit() => _commit.Run();

    /// <summary>Moves what is left of the log into the database, between two transactions; somebody in the way is no harm.</summary>
    public void MoveLog() => _ = _database.TryCheckpoint(CheckpointMode.Move);

    /// <summary>Undoes it, where the database has not done so itself.</summary>
    public void Rollback()
    {
        try
        {
            _rollback.Run();
        }
        catch (SqliteException)
        {
            // a full disk has ended the transaction already
        }
    }

    /// <summary>Puts a box, or the mark of a delete; with <paramref name="hasRoom"/> false only where no new row is needed.</summary>
    public PutResult Put(BoxWrite write, long day, bool hasRoom)
    {
        if (hasRoom && Insert(write, day))
            return new PutResult(BoxDecision.Store);
        if (!TryFind(write.Address.Bytes, out var row, out var existing))
            return PutResult.Refused;
        var box = write.Box;
        var decision = box.IsMark ? BoxPolicy.DecideDelete(box.Class, existing.AsStored()) : BoxPolicy.DecideWrite(box.Class, box.Body.Span, existing.AsStored());
        switch (decision)
        {
            case BoxDecision.Store:
                Replace(row, day, box);
                break;
            case BoxDecision.Renew when row.Day != day:
                Replace(row, day, existing);
                break;
        }
        return new PutResult(decision, existing);
    }

    /// <summary>Removes at most <paramref name="limit"/> rows of days before <paramref name="firstKeptDay"/>; the number removed.</summary>
    public int RemoveExpired(long firstKeptDay, int limit)
    {
        long last = 0;
        _oldest.Bind(1, limit);
        while (_oldest.Step() && _oldest.Number(1) < firstKeptDay)
            last = _oldest.Number(0);
        _oldest.Reset();
        if (last == 0)
            return 0;
        _remove.Bind(1, last).Run();
        return _database.Changes;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_begin, _commit, _rollback, _insert, _find, _replace, _oldest, _remove, _saveState, _pages, _freePages])
            statement.Dispose();
        _database.Dispose();
    }

    private static long Number(SqliteStatement statement)
    {
        var number = statement.Step() ? statement.Number(0) : 0;
        statement.Reset();
        return number;
    }

    private bool Insert(BoxWrite write, long day)
    {
        _insert.Bind(1, _nextId).Bind(2, day).Bind(3, (long)write.Box.Class).Bind(4, write.Address.Bytes).Bind(5, write.Box.Signature.Bytes);
        BindBody(_insert, 6, write.Box);
        _insert.Run();
        if (_database.Changes == 0)
            return false;
        _nextId++;
        return true;
    }

    private bool TryFind(ReadOnlySpan<byte> address, out (long Id, long Day) row, out KeptBox existing)
    {
        row = default;
        existing = null!;
        var found = _find.Bind(1, address).Step();
        if (found)
        {
            row = (_find.Number(0), _find.Number(1));
            existing = StoreReader.Copy(_find, 2);
        }
        _find.Reset();
        return found;
    }

    // a new highest id keeps the rows in the order of their days
    private void Replace((long Id, long Day) row, long day, KeptBox box)
    {
        _replace.Bind(1, row.Id).Bind(2, _nextId++).Bind(3, day).Bind(4, (long)box.Class).Bind(5, box.Signature.Bytes);
        BindBody(_replace, 6, box);
        _replace.Run();
    }

    private static void BindBody(SqliteStatement statement, int index, KeptBox box)
    {
        if (box.IsMark)
            statement.BindNull(index);
        else
            statement.Bind(index, box.Body.Span);
    }
}
