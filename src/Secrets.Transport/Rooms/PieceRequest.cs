namespace Secrets.Transport.Rooms;

/// <summary>A request about a piece of a file, and the answer to it. Views of the bytes they were read from.</summary>
/// <remarks>Request: operation 1 ‖ address 32 ‖ piece 16 ‖ bytes. Answer: operation 1 ‖ status 1 ‖ piece 16 ‖ bytes. Spec: docs/protocol/rooms.md §3.5.</remarks>
public readonly ref struct PieceRequest
{
    private const byte PutOperation = 1;
    private const byte GetOperation = 2;
    private const int HeadSize = 1 + RoomAddress.Size + PieceId.Size;
    private const int AnswerHeadSize = 1 + 1 + PieceId.Size;

    /// <summary>True to put, false to get.</summary>
    public bool IsPut { get; private init; }

    /// <summary>The room.</summary>
    public RoomAddress Address { get; private init; }

    /// <summary>The piece.</summary>
    public PieceId Piece { get; private init; }

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>What was answered, of an answer.</summary>
    public PieceStatus Status { get; private init; }

    /// <summary>Reads exactly one request.</summary>
    public static RoomItemError TryRead(ReadOnlySpan<byte> source, out PieceRequest request)
    {
        request = default;
        if (source.Length < HeadSize)
            return RoomItemError.Truncated;
        if (source[0] is not (PutOperation or GetOperation))
            return RoomItemError.UnknownKind;
        var isPut = source[0] == PutOperation;
        if (isPut ? !RoomsNetwork.IsPieceSize(source.Length - HeadSize) : source.Length != HeadSize)
            return RoomItemError.TooLong;
        _ = RoomAddress.TryRead(source.Slice(1, RoomAddress.Size), out var address);
        _ = PieceId.TryRead(source.Slice(1 + RoomAddress.Size, PieceId.Size), out var piece);
        request = new PieceRequest { IsPut = isPut, Address = address, Piece = piece, Body = source[HeadSize..] };
        return RoomItemError.None;
    }

    /// <summary>Reads exactly one answer.</summary>
    public static RoomItemError TryReadAnswer(ReadOnlySpan<byte> source, out PieceRequest answer)
    {
        answer = default;
        if (source.Length < AnswerHeadSize)
            return RoomItemError.Truncated;
        if (source[0] is not (PutOperation or GetOperation))
            return RoomItemError.UnknownKind;
        if (source[1] > (byte)PieceStatus.Refused)
            return RoomItemError.Malformed;
        var body = source[AnswerHeadSize..];
        var hasBody = source[0] == GetOperation && source[1] == (byte)PieceStatus.Done;
        if (hasBody ? !RoomsNetwork.IsPieceSize(body.Length) : !body.IsEmpty)
            return RoomItemError.TooLong;
        _ = PieceId.TryRead(source.Slice(2, PieceId.Size), out var piece);
        answer = new PieceRequest { IsPut = source[0] == PutOperation, Piece = piece, Status = (PieceStatus)source[1], Body = body };
        return RoomItemError.None;
    }

    /// <summary>The bytes of a request to put a piece.</summary>
    public static ReadOnlyMemory<byte> Put(in RoomAddress address, in PieceId piece, ReadOnlySpan<byte> body) => (byte[])[PutOperation, .. address.Bytes, .. piece.Bytes, .. body];

    /// <summary>The bytes of a request to get a piece.</summary>
    public static ReadOnlyMemory<byte> Get(in RoomAddress address, in PieceId piece) => (byte[])[GetOperation, .. address.Bytes, .. piece.Bytes];

    /// <summary>The bytes of an answer.</summary>
    public static ReadOnlyMemory<byte> Answer(bool isPut, in PieceId piece, PieceStatus status, ReadOnlySpan<byte> body) =>
        (byte[])[isPut ? PutOperation : GetOperation, (byte)status, .. piece.Bytes, .. body];
}
