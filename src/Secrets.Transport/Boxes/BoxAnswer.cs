using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>An answer cell, read: a view of bytes that the reader of the stream owns. Nothing in it is verified.</summary>
/// <remarks>
/// status 1 ‖ class 1 ‖ flags 1 ‖ zero 1 ‖ address 32 ‖ signature 64 ‖ zero 156 ‖ body (absent in a short cell; random where there is none).
/// Flags: 1 = this cell is the head alone. Answers come in any order and are matched by address. Spec: docs/protocol/boxes.md §3.6.
/// </remarks>
public readonly ref struct BoxAnswer
{
    private BoxAnswer(ReadOnlySpan<byte> cell, scoped in BoxAddress address, scoped in Ed25519Signature signature)
    {
        Status = (BoxStatus)cell[0];
        Class = (BoxClass)cell[1];
        IsShort = (cell[2] & Cell.FlagShort) != 0;
        Address = address;
        Signature = signature;
        Body = cell[Cell.HeadSize..];
    }

    /// <summary>What the relay says.</summary>
    public BoxStatus Status { get; }

    /// <summary>The class of the request.</summary>
    public BoxClass Class { get; }

    /// <summary>True if the cell is the head alone.</summary>
    public bool IsShort { get; }

    /// <summary>The address of the request.</summary>
    public BoxAddress Address { get; }

    /// <summary>Of the box or the delete; zero if there is neither.</summary>
    public Ed25519Signature Signature { get; }

    /// <summary>The sealed payload if there is one, else random bytes or nothing.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The length of the cell that begins with these bytes; four are needed.</summary>
    public static CellError TryGetLength(ReadOnlySpan<byte> start, out int length)
    {
        length = 0;
        if (start.Length < Cell.StartSize)
            return CellError.Incomplete;
        var status = (BoxStatus)start[0];
        if (status > BoxStatus.Refused)
            return CellError.StatusUnknown;
        var boxClass = (BoxClass)start[Cell.ClassOffset];
        if (!boxClass.IsKnown)
            return CellError.ClassUnknown;
        var isShort = start[2] == Cell.FlagShort;
        if ((start[2] & ~Cell.FlagShort) != 0 || (isShort && status == BoxStatus.Occupied))
            return CellError.FlagsInvalid;
        if (start[3] != 0)
            return CellError.NotZero;
        length = isShort ? Cell.HeadSize : boxClass.CellSize;
        return CellError.None;
    }

    /// <summary>Reads exactly one cell.</summary>
    public static CellError TryRead(ReadOnlySpan<byte> cell, out BoxAnswer answer)
    {
        answer = default;
        var error = TryGetLength(cell, out var length);
        if (error != CellError.None)
            return error;
        if (cell.Length < length)
            return CellError.Incomplete;
        if (cell.Length > length)
            return CellError.WrongSize;
        var status = (BoxStatus)cell[0];
        var signatureBytes = cell.Slice(Cell.AnswerSignatureOffset, Ed25519Signature.Size);
        if (status is BoxStatus.None or BoxStatus.Refused && !Cell.IsZero(signatureBytes))
            return CellError.NotZero;
        if (!Cell.IsZero(cell[Cell.AnswerZeroOffset..Cell.HeadSize]))
            return CellError.NotZero;
        _ = BoxAddress.TryRead(cell.Slice(Cell.AnswerAddressOffset, BoxAddress.Size), out var address);
        _ = Ed25519Signature.TryRead(signatureBytes, out var signature);
        answer = new BoxAnswer(cell, address, signature);
        return CellError.None;
    }

    /// <summary>Length of the answer to a request: the head alone where the request allows it and nothing is sent along.</summary>
    public static int GetLength(BoxClass boxClass, bool allowsShortAnswer, bool hasBody) =>
        allowsShortAnswer && !hasBody ? Cell.HeadSize : boxClass.CellSize;

    /// <summary>Writes an answer with a box: to a read (ok) or to another write (occupied). Always a full cell.</summary>
    public static void WriteBox(Span<byte> destination, BoxStatus status, BoxClass boxClass, in BoxAddress address, in Ed25519Signature signature, ReadOnlySpan<byte> payload)
    {
        if (status is not (BoxStatus.Ok or BoxStatus.Occupied))
            throw new ArgumentOutOfRangeException(nameof(status));
        if (destination.Length != boxClass.CellSize || payload.Length != boxClass.SealedSize)
            throw new ArgumentException("A cell with a box is whole.", nameof(destination));
        WriteHead(destination, status, boxClass, address, signature);
        payload.CopyTo(destination[Cell.HeadSize..]);
    }

    /// <summary>Writes an answer without a box; the destination has the length that <see cref="GetLength"/> says, and is filled up with random bytes.</summary>
    /// <remarks>The signature is that of a delete for <see cref="BoxStatus.Deleted"/>, else <c>default</c>.</remarks>
    public static void WriteStatus(Span<byte> destination, BoxStatus status, BoxClass boxClass, in BoxAddress address, in Ed25519Signature signature, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (status == BoxStatus.Occupied)
            throw new ArgumentOutOfRangeException(nameof(status));
        if (destination.Length != Cell.HeadSize && destination.Length != boxClass.CellSize)
            throw new ArgumentException("A cell is a head or a head and the class's payload.", nameof(destination));
        WriteHead(destination, status, boxClass, address, signature);
        random.Fill(destination[Cell.HeadSize..]);
    }

    private static void WriteHead(Span<byte> destination, BoxStatus status, BoxClass boxClass, in BoxAddress address, in Ed25519Signature signature)
    {
        var head = destination[..Cell.HeadSize];
        head.Clear();
        head[0] = (byte)status;
        head[Cell.ClassOffset] = (byte)boxClass;
        head[2] = destination.Length == Cell.HeadSize ? Cell.FlagShort : (byte)0;
        address.Bytes.CopyTo(head[Cell.AnswerAddressOffset..]);
        signature.Bytes.CopyTo(head[Cell.AnswerSignatureOffset..]);
    }
}
