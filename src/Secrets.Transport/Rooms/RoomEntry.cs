using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Transport.Rooms;

/// <summary>How somebody enters a room: the proof of its code, of a session, and of some work, for one connection.</summary>
/// <remarks>
/// version 1 ‖ kind 1 ‖ address 32 ‖ session 32 ‖ instance 8 ‖ after 8 ‖ work 8 ‖ count 2 ‖ statements (bytes16 each) ‖ signatures 64 + 64.
/// Spec: docs/protocol/rooms.md §3.3.
/// </remarks>
public sealed class RoomEntry
{
    private const byte Version = 1;
    private const int HeadSize = 1 + 1 + RoomAddress.Size + SessionId.Size + (3 * sizeof(ulong)) + sizeof(ushort);
    private const int TailSize = 2 * Ed25519Signature.Size;

    private readonly Hash256 _hash;
    private readonly Ed25519Signature _joining;
    private readonly Ed25519Signature _signature;

    private RoomEntry(EntryKind kind, in RoomAddress address, in SessionId session, ulong work, IReadOnlyList<Statement> statements, in Hash256 hash, in Ed25519Signature joining, in Ed25519Signature signature)
    {
        Kind = kind;
        Address = address;
        Session = session;
        Work = work;
        Statements = statements;
        _hash = hash;
        _joining = joining;
        _signature = signature;
    }

    /// <summary>How.</summary>
    public EntryKind Kind { get; }

    /// <summary>The room.</summary>
    public RoomAddress Address { get; }

    /// <summary>Whose session.</summary>
    public SessionId Session { get; }

    /// <summary>Which holding of the room by the relay <see cref="After"/> counts in; 0 for who never was in.</summary>
    public ulong Instance { get; private init; }

    /// <summary>The last number that was heard.</summary>
    public ulong After { get; private init; }

    /// <summary>The work.</summary>
    public ulong Work { get; }

    /// <summary>The opening, of an opening; all statements, of a reopening.</summary>
    public IReadOnlyList<Statement> Statements { get; }

    /// <summary>Makes the bytes of an entry.</summary>
    public static ReadOnlyMemory<byte> Create(EntryKind kind, Ed25519PrivateKey joining, Ed25519PrivateKey session, ulong instance, ulong after, ulong work, IReadOnlyList<Statement> statements, in RoomChallenge challenge, in Hash256 binding)
    {
        ArgumentNullException.ThrowIfNull(joining);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(statements);
        var bytes = new byte[HeadSize + statements.Sum(static statement => sizeof(ushort) + statement.Bytes.Length) + TailSize];
        var writer = new WireWriter(bytes);
        writer.WriteByte(Version);
        writer.WriteByte((byte)kind);
        writer.WriteFixed(joining.PublicKey.Bytes);
        writer.WriteFixed(session.PublicKey.Bytes);
        writer.WriteUInt64(instance);
        writer.WriteUInt64(after);
        writer.WriteUInt64(work);
        writer.WriteUInt16((ushort)statements.Count);
        foreach (var statement in statements)
            writer.WriteBytes16(statement.Bytes);
        var hash = HashOf(bytes.AsSpan(0, writer.Length));
        writer.WriteFixed(joining.Sign(Signed(Labels.EnterJoin, challenge, binding, hash)).Bytes);
        writer.WriteFixed(session.Sign(Signed(Labels.EnterSession, challenge, binding, hash)).Bytes);
        return bytes;
    }

    /// <summary>Reads exactly one entry and checks its form.</summary>
    public static RoomItemError TryRead(ReadOnlySpan<byte> source, out RoomEntry? entry)
    {
        entry = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version) || !reader.TryReadByte(out var kind))
            return RoomItemError.Truncated;
        if (version != Version || kind is < (byte)EntryKind.Open or > (byte)EntryKind.Reopen)
            return RoomItemError.UnknownKind;
        if (!reader.TryReadFixed(RoomAddress.Size, out var addressBytes) || !reader.TryReadFixed(SessionId.Size, out var sessionBytes)
            || !reader.TryReadUInt64(out var instance) || !reader.TryReadUInt64(out var after) || !reader.TryReadUInt64(out var work) || !reader.TryReadUInt16(out var count))
        {
            return RoomItemError.Truncated;
        }
        _ = RoomAddress.TryRead(addressBytes, out var address);
        _ = SessionId.TryRead(sessionBytes, out var session);
        if (session.IsEverybody || !Fits((EntryKind)kind, count, instance, after))
            return RoomItemError.Malformed;
        var error = TryReadStatements(ref reader, count, out var statements);
        if (error != RoomItemError.None)
            return error;
        var signed = source[..^reader.Remaining];
        if (reader.Remaining != TailSize)
            return reader.Remaining < TailSize ? RoomItemError.Truncated : RoomItemError.TooLong;
        _ = Ed25519Signature.TryRead(source[^TailSize..^Ed25519Signature.Size], out var joining);
        _ = Ed25519Signature.TryRead(source[^Ed25519Signature.Size..], out var signature);
        entry = new RoomEntry((EntryKind)kind, address, session, work, statements, HashOf(signed), joining, signature) { Instance = instance, After = after };
        return RoomItemError.None;
    }

    /// <summary>True if both proofs are right for this challenge and connection.</summary>
    public bool IsProven(in RoomChallenge challenge, in Hash256 binding) =>
        Address.Verify(Signed(Labels.EnterJoin, challenge, binding, _hash), _joining)
        && Session.Verify(Signed(Labels.EnterSession, challenge, binding, _hash), _signature);

    /// <summary>Reads statements, each with its length before it.</summary>
    internal static RoomItemError TryReadStatements(ref WireReader reader, int count, out IReadOnlyList<Statement> statements)
    {
        var read = new List<Statement>();
        statements = read;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes16(Statement.MaxSize, out var bytes))
                return RoomItemError.Truncated;
            if (Statement.TryRead(bytes, out var statement) != StatementError.None)
                return RoomItemError.Malformed;
            read.Add(statement!);
        }
        return RoomItemError.None;
    }

    private static bool Fits(EntryKind kind, int count, ulong instance, ulong after) => kind switch
    {
        EntryKind.Open => count == 1 && instance == 0 && after == 0,
        EntryKind.Join => count == 0 && instance == 0 && after == 0,
        EntryKind.Resume => count == 0,
        EntryKind.Reopen => count is >= 1 and <= StatementChain.MaxCount,
    };

    private static Hash256 HashOf(ReadOnlySpan<byte> signed) => LabelledHash.Start(Labels.Entry).Add(signed).Finish();

    private static byte[] Signed(ReadOnlySpan<byte> label, in RoomChallenge challenge, in Hash256 binding, in Hash256 hash) =>
        [.. label, .. challenge.Nonce.Bytes, .. binding.Bytes, .. hash.Bytes];
}
