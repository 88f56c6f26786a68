using Secrets.Transport.Encoding;

namespace Secrets.Transport.Rooms;

/// <summary>What a relay answers to an entry: a refusal, or the room as it is.</summary>
/// <remarks>
/// 2 ‖ refusal 1 [‖ instance 8 ‖ number 8 ‖ oldest 8 ‖ owner's deadline 4 ‖ count 2 ‖ statements (bytes16 each) ‖ count 1 ‖ (session 32 ‖ presence 1) each].
/// Spec: docs/protocol/rooms.md §3.3.
/// </remarks>
public sealed class RoomAnswer
{
    private const byte Kind = 2;
    private const int HeadSize = 1 + 1 + (3 * sizeof(ulong)) + sizeof(uint) + sizeof(ushort);

    /// <summary>Why not; <see cref="RoomRefusal.None"/> if entered.</summary>
    public RoomRefusal Refusal { get; init; }

    /// <summary>Which holding of the room this is: random.</summary>
    public ulong Instance { get; init; }

    /// <summary>The last number given.</summary>
    public ulong Number { get; init; }

    /// <summary>The oldest number that is still kept.</summary>
    public ulong Oldest { get; init; }

    /// <summary>How long the owner may still come back; zero if the owner is here.</summary>
    public TimeSpan OwnerDeadline { get; init; }

    /// <summary>All statements.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>Who is in, the one who entered included.</summary>
    public IReadOnlyList<RoomMember> Members { get; init; } = [];

    /// <summary>Reads exactly one. Whether the statements are a chain is for the reader to check.</summary>
    public static RoomItemError TryRead(ReadOnlySpan<byte> source, out RoomAnswer? answer)
    {
        answer = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var kind) || !reader.TryReadByte(out var refusal))
            return RoomItemError.Truncated;
        if (kind != Kind)
            return RoomItemError.UnknownKind;
        if (refusal > (byte)RoomRefusal.Malformed)
            return RoomItemError.Malformed;
        if (refusal != 0)
        {
            if (!reader.IsAtEnd)
                return RoomItemError.TooLong;
            answer = new RoomAnswer { Refusal = (RoomRefusal)refusal };
            return RoomItemError.None;
        }
        if (!reader.TryReadUInt64(out var instance) || !reader.TryReadUInt64(out var number) || !reader.TryReadUInt64(out var oldest) || !reader.TryReadUInt32(out var deadline) || !reader.TryReadUInt16(out var count))
            return RoomItemError.Truncated;
        if (count is 0 or > StatementChain.MaxCount + 1)
            return RoomItemError.Malformed;
        var error = RoomEntry.TryReadStatements(ref reader, count, out var statements);
        if (error != RoomItemError.None)
            return error;
        error = TryReadMembers(ref reader, out var members);
        if (error != RoomItemError.None)
            return error;
        answer = new RoomAnswer { Instance = instance, Number = number, Oldest = oldest, OwnerDeadline = TimeSpan.FromMilliseconds(deadline), Statements = statements, Members = members };
        return RoomItemError.None;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Encode()
    {
        if (Refusal != RoomRefusal.None)
            return new byte[] { Kind, (byte)Refusal };
        var bytes = new byte[HeadSize + Statements.Sum(static statement => sizeof(ushort) + statement.Bytes.Length) + 1 + (Members.Count * (SessionId.Size + 1))];
        var writer = new WireWriter(bytes);
        writer.WriteByte(Kind);
        writer.WriteByte(0);
        writer.WriteUInt64(Instance);
        writer.WriteUInt64(Number);
        writer.WriteUInt64(Oldest);
        writer.WriteUInt32((uint)OwnerDeadline.TotalMilliseconds);
        writer.WriteUInt16((ushort)Statements.Count);
        foreach (var statement in Statements)
            writer.WriteBytes16(statement.Bytes);
        writer.WriteByte(checked((byte)Members.Count));
        foreach (var member in Members)
        {
            writer.WriteFixed(member.Session.Bytes);
            writer.WriteByte((byte)member.Presence);
        }
        return bytes;
    }

    private static RoomItemError TryReadMembers(ref WireReader reader, out List<RoomMember> members)
    {
        members = [];
        var known = new HashSet<SessionId>();
        if (!reader.TryReadByte(out var count))
            return RoomItemError.Truncated;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadFixed(SessionId.Size, out var bytes) || !reader.TryReadByte(out var presence))
                return RoomItemError.Truncated;
            _ = SessionId.TryRead(bytes, out var session);
            if (presence is not ((byte)Presence.Here or (byte)Presence.Away) || session.IsEverybody || !known.Add(session))
                return RoomItemError.Malformed;
            members.Add(new RoomMember(session, (Presence)presence));
        }
        return reader.IsAtEnd ? RoomItemError.None : RoomItemError.TooLong;
    }
}
