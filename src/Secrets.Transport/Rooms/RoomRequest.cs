using Secrets.Transport.Encoding;

namespace Secrets.Transport.Rooms;

/// <summary>An item that a member sends to a relay. A view of the bytes it was read from.</summary>
/// <remarks>
/// Say: 1 ‖ flags 1 ‖ to 32 ‖ body. State: 2 ‖ statement. Leave: 3. Here: 4. Spec: docs/protocol/rooms.md §3.4.
/// </remarks>
public readonly ref struct RoomRequest
{
    private const byte PassingFlag = 1;
    private const int SayHeadSize = 1 + 1 + SessionId.Size;

    /// <summary>What it is.</summary>
    public RoomRequestKind Kind { get; private init; }

    /// <summary>True for a frame that is not kept.</summary>
    public bool IsPassing { get; private init; }

    /// <summary>To whom.</summary>
    public SessionId To { get; private init; }

    /// <summary>The body of the frame, or the statement.</summary>
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>Reads exactly one.</summary>
    public static RoomItemError TryRead(ReadOnlySpan<byte> source, out RoomRequest request)
    {
        request = default;
        if (source.IsEmpty)
            return RoomItemError.Truncated;
        switch ((RoomRequestKind)source[0])
        {
            case RoomRequestKind.Say:
                if (source.Length <= SayHeadSize)
                    return RoomItemError.Truncated;
                if (source.Length > SayHeadSize + RoomsNetwork.MaxBodySize)
                    return RoomItemError.TooLong;
                if (source[1] > PassingFlag)
                    return RoomItemError.Malformed;
                _ = SessionId.TryRead(source.Slice(2, SessionId.Size), out var to);
                request = new RoomRequest { Kind = RoomRequestKind.Say, IsPassing = source[1] == PassingFlag, To = to, Body = source[SayHeadSize..] };
                return RoomItemError.None;
            case RoomRequestKind.State:
                if (source.Length == 1)
                    return RoomItemError.Truncated;
                request = new RoomRequest { Kind = RoomRequestKind.State, Body = source[1..] };
                return RoomItemError.None;
            case RoomRequestKind.Leave:
            case RoomRequestKind.Here:
                request = new RoomRequest { Kind = (RoomRequestKind)source[0] };
                return source.Length == 1 ? RoomItemError.None : RoomItemError.TooLong;
            default:
                return RoomItemError.UnknownKind;
        }
    }

    /// <summary>A frame.</summary>
    /// <exception cref="ArgumentException">The body is empty or too long.</exception>
    public static ReadOnlyMemory<byte> Say(in SessionId to, bool isPassing, ReadOnlySpan<byte> body)
    {
        if (body.Length is 0 or > RoomsNetwork.MaxBodySize)
            throw new ArgumentException("A body has 1 to 66,048 bytes.", nameof(body));
        var bytes = new byte[SayHeadSize + body.Length];
        var writer = new WireWriter(bytes);
        writer.WriteByte((byte)RoomRequestKind.Say);
        writer.WriteByte(isPassing ? PassingFlag : (byte)0);
        writer.WriteFixed(to.Bytes);
        writer.WriteFixed(body);
        return bytes;
    }

    /// <summary>A statement.</summary>
    public static ReadOnlyMemory<byte> State(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return (byte[])[(byte)RoomRequestKind.State, .. statement.Bytes];
    }

    /// <summary>A sign of life.</summary>
    public static ReadOnlyMemory<byte> Here() => new byte[] { (byte)RoomRequestKind.Here };

    /// <summary>The end of the session.</summary>
    public static ReadOnlyMemory<byte> Leave() => new byte[] { (byte)RoomRequestKind.Leave };
}
