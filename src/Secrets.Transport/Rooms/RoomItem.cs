using Secrets.Transport.Encoding;

namespace Secrets.Transport.Rooms;

/// <summary>An item that a relay sends to a member. A view of the bytes it was read from.</summary>
/// <remarks>
/// Frame: 3 ‖ number 8 ‖ flags 1 ‖ from 32 ‖ to 32 ‖ body. Statement: 4 ‖ number 8 ‖ statement. Presence: 5 ‖ number 8 ‖ session 32 ‖ presence 1 ‖ ms 4.
/// End: 6 ‖ reason 1. Spec: docs/protocol/rooms.md §3.4.
/// </remarks>
public readonly ref struct RoomItem
{
    private const int FrameHeadSize = 1 + sizeof(ulong) + 1 + (2 * SessionId.Size);
    private const int StatementHeadSize = 1 + sizeof(ulong);
    private const int PresenceSize = 1 + sizeof(ulong) + SessionId.Size + 1 + sizeof(uint);

    /// <summary>What it is.</summary>
    public RoomItemKind Kind { get; private init; }

    /// <summary>Its number in the room; 0 for an end.</summary>
    public ulong Number { get; private init; }

    /// <summary>True for a frame that is not kept.</summary>
    public bool IsPassing { get; private init; }

    /// <summary>Who sent the frame, or whose presence it is.</summary>
    public SessionId From { get; private init; }

    /// <summary>To whom the frame goes.</summary>
    public SessionId To { get; private init; }

    /// <summary>The body of the frame, or the statement.</summary>
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>The presence.</summary>
    public Presence Presence { get; private init; }

    /// <summary>How long until it changes by itself; zero: it doesn't.</summary>
    public TimeSpan Left { get; private init; }

    /// <summary>Why it ends.</summary>
    public RoomEnd Reason { get; private init; }

    /// <summary>Reads exactly one.</summary>
    public static RoomItemError TryRead(ReadOnlySpan<byte> source, out RoomItem item)
    {
        item = default;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var kind))
            return RoomItemError.Truncated;
        if ((RoomItemKind)kind == RoomItemKind.End)
            return TryReadEnd(ref reader, out item);
        if (kind is not ((byte)RoomItemKind.Frame or (byte)RoomItemKind.Statement or (byte)RoomItemKind.Presence))
            return RoomItemError.UnknownKind;
        if (!reader.TryReadUInt64(out var number))
            return RoomItemError.Truncated;
        if (number == 0)
            return RoomItemError.Malformed;
        switch ((RoomItemKind)kind)
        {
            case RoomItemKind.Frame:
                return TryReadFrame(source, number, out item);
            case RoomItemKind.Statement:
                if (reader.Remaining is 0 or > Statement.MaxSize)
                    return reader.Remaining == 0 ? RoomItemError.Truncated : RoomItemError.TooLong;
                item = new RoomItem { Kind = RoomItemKind.Statement, Number = number, Body = source[StatementHeadSize..] };
                return RoomItemError.None;
            default:
                return TryReadPresence(ref reader, number, out item);
        }
    }

    /// <summary>The bytes of a frame.</summary>
    public static ReadOnlyMemory<byte> Frame(ulong number, bool isPassing, in SessionId from, in SessionId to, ReadOnlySpan<byte> body)
    {
        var bytes = new byte[FrameHeadSize + body.Length];
        var writer = new WireWriter(bytes);
        writer.WriteByte((byte)RoomItemKind.Frame);
        writer.WriteUInt64(number);
        writer.WriteByte(isPassing ? (byte)1 : (byte)0);
        writer.WriteFixed(from.Bytes);
        writer.WriteFixed(to.Bytes);
        writer.WriteFixed(body);
        return bytes;
    }

    /// <summary>The bytes of a statement.</summary>
    public static ReadOnlyMemory<byte> Stated(ulong number, Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var bytes = new byte[StatementHeadSize + statement.Bytes.Length];
        var writer = new WireWriter(bytes);
        writer.WriteByte((byte)RoomItemKind.Statement);
        writer.WriteUInt64(number);
        writer.WriteFixed(statement.Bytes);
        return bytes;
    }

    /// <summary>The bytes of somebody's presence.</summary>
    public static ReadOnlyMemory<byte> Present(ulong number, in SessionId session, Presence presence, TimeSpan left)
    {
        var bytes = new byte[PresenceSize];
        var writer = new WireWriter(bytes);
        writer.WriteByte((byte)RoomItemKind.Presence);
        writer.WriteUInt64(number);
        writer.WriteFixed(session.Bytes);
        writer.WriteByte((byte)presence);
        writer.WriteUInt32((uint)left.TotalMilliseconds);
        return bytes;
    }

    /// <summary>The bytes of an end.</summary>
    public static ReadOnlyMemory<byte> Ended(RoomEnd reason) => new[] { (byte)RoomItemKind.End, (byte)reason };

    private static RoomItemError TryReadEnd(scoped ref WireReader reader, out RoomItem item)
    {
        item = default;
        if (!reader.TryReadByte(out var reason))
            return RoomItemError.Truncated;
        if (!reader.IsAtEnd)
            return RoomItemError.TooLong;
        if (reason is 0 or > (byte)RoomEnd.Behind)
            return RoomItemError.Malformed;
        item = new RoomItem { Kind = RoomItemKind.End, Reason = (RoomEnd)reason };
        return RoomItemError.None;
    }

    private static RoomItemError TryReadFrame(ReadOnlySpan<byte> source, ulong number, out RoomItem item)
    {
        item = default;
        if (source.Length <= FrameHeadSize)
            return RoomItemError.Truncated;
        if (source.Length > FrameHeadSize + RoomsNetwork.MaxBodySize)
            return RoomItemError.TooLong;
        const int Flags = 1 + sizeof(ulong);
        _ = SessionId.TryRead(source.Slice(Flags + 1, SessionId.Size), out var from);
        _ = SessionId.TryRead(source.Slice(Flags + 1 + SessionId.Size, SessionId.Size), out var to);
        if (source[Flags] > 1 || from.IsEverybody)
            return RoomItemError.Malformed;
        item = new RoomItem { Kind = RoomItemKind.Frame, Number = number, IsPassing = source[Flags] == 1, From = from, To = to, Body = source[FrameHeadSize..] };
        return RoomItemError.None;
    }

    private static RoomItemError TryReadPresence(scoped ref WireReader reader, ulong number, out RoomItem item)
    {
        item = default;
        if (!reader.TryReadFixed(SessionId.Size, out var bytes) || !reader.TryReadByte(out var presence) || !reader.TryReadUInt32(out var left))
            return RoomItemError.Truncated;
        if (!reader.IsAtEnd)
            return RoomItemError.TooLong;
        _ = SessionId.TryRead(bytes, out var session);
        if (presence is < (byte)Presence.Here or > (byte)Presence.Left || session.IsEverybody)
            return RoomItemError.Malformed;
        item = new RoomItem { Kind = RoomItemKind.Presence, Number = number, From = session, Presence = (Presence)presence, Left = TimeSpan.FromMilliseconds(left) };
        return RoomItemError.None;
    }
}
