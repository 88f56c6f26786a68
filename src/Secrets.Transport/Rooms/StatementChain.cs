using Secrets.Crypto;

namespace Secrets.Transport.Rooms;

/// <summary>The statements of one room from its opening on, and what follows from them: who owns it, whether it is locked, who was removed.</summary>
/// <remarks>A refused statement leaves it as it was. Spec: docs/protocol/rooms.md §3.2, §4.5.</remarks>
public sealed class StatementChain
{
    /// <summary>Most statements; a closing one fits always.</summary>
    public const int MaxCount = 256;

    private readonly List<Statement> _statements;
    private readonly HashSet<SessionId> _removed = [];

    private StatementChain(Statement opening)
    {
        _statements = [opening];
        OwnerKey = opening.Key;
        Owner = opening.Session;
    }

    /// <summary>The room.</summary>
    public RoomAddress Address => Opening.Address;

    /// <summary>The first.</summary>
    public Statement Opening => _statements[0];

    /// <summary>The last.</summary>
    public Statement Head => _statements[^1];

    /// <summary>How many there are, the opening included.</summary>
    public int Count => _statements.Count;

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<Statement> All => _statements;

    /// <summary>The key that signs the next one.</summary>
    public Ed25519PublicKey OwnerKey { get; private set; }

    /// <summary>The session of the owner.</summary>
    public SessionId Owner { get; private set; }

    /// <summary>True while nobody new may enter.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>True after the owner closed the room.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Begins a chain with the opening of a room.</summary>
    public static StatementError TryBegin(Statement opening, in RoomAddress address, out StatementChain? chain)
    {
        ArgumentNullException.ThrowIfNull(opening);
        chain = null;
        if (opening.Kind != StatementKind.Opening)
            return StatementError.WrongNumber;
        if (opening.Address != address)
            return StatementError.OtherRoom;
        if (!opening.IsSignedBy(opening.Key))
            return StatementError.Rejected;
        chain = new StatementChain(opening);
        return StatementError.None;
    }

    /// <summary>Begins a chain and adds all that follow; null unless every one of them fits.</summary>
    public static StatementError TryBegin(IReadOnlyList<Statement> statements, in RoomAddress address, out StatementChain? chain)
    {
        ArgumentNullException.ThrowIfNull(statements);
        chain = null;
        if (statements.Count == 0)
            return StatementError.Truncated;
        var error = TryBegin(statements[0], address, out var begun);
        for (var i = 1; error == StatementError.None && i < statements.Count; i++)
            error = begun!.TryAdd(statements[i]);
        if (error == StatementError.None)
            chain = begun;
        return error;
    }

    /// <summary>Adds the next one.</summary>
    public StatementError TryAdd(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (IsClosed)
            return StatementError.Closed;
        if (statement.Address != Address)
            return StatementError.OtherRoom;
        if (statement.Number != (uint)Count || statement.Previous != Head.Hash)
            return StatementError.WrongNumber;
        if (Count >= MaxCount && statement.Kind != StatementKind.Close)
            return StatementError.TooMany;
        if (!HasEffect(statement))
            return StatementError.NoEffect;
        if (!statement.IsSignedBy(OwnerKey))
            return StatementError.Rejected;
        Apply(statement);
        return StatementError.None;
    }

    /// <summary>True if the owner removed this session.</summary>
    public bool WasRemoved(in SessionId session) => _removed.Contains(session);

    /// <summary>True if the other chain begins as this one does, so far as both go.</summary>
    public bool Agrees(StatementChain other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var last = Math.Min(Count, other.Count) - 1;
        return _statements[last].Hash == other._statements[last].Hash;
    }

    private bool HasEffect(Statement statement) => statement.Kind switch
    {
        StatementKind.Opening => false,
        StatementKind.Lock => !IsLocked,
        StatementKind.Unlock => IsLocked,
        StatementKind.Remove or StatementKind.HandOver => statement.Session != Owner && !WasRemoved(statement.Session),
        StatementKind.Close => true,
    };

    private void Apply(Statement statement)
    {
        _statements.Add(statement);
        switch (statement.Kind)
        {
            case StatementKind.Lock:
            case StatementKind.Unlock:
                IsLocked = statement.Kind == StatementKind.Lock;
                break;
            case StatementKind.Remove:
                _ = _removed.Add(statement.Session);
                break;
            case StatementKind.HandOver:
                (Owner, OwnerKey) = (statement.Session, statement.Key);
                break;
            case StatementKind.Close:
                IsClosed = true;
                break;
            case StatementKind.Opening:
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
