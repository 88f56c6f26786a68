using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>A request cell, read: a view of bytes that the reader of the stream owns.</summary>
/// <remarks>
/// op 1 ‖ class 1 ‖ flags 1 ‖ wait 1 ‖ address 32 ‖ signature 64 ‖ token 128 ‖ zero 28 ‖ body (the class's sealed size, absent in a short cell).
/// Flags: 1 = this cell is the head alone (reads and deletes on the direct route), 2 = an answer without a body may be the head alone.
/// The token is zero until tokens exist, and is not looked at. Spec: docs/protocol/boxes.md §3.6.
/// </remarks>
public readonly ref struct BoxRequest
{
    private BoxRequest(ReadOnlySpan<byte> cell, scoped in BoxAddress address, scoped in Ed25519Signature signature)
    {
        Operation = (BoxOperation)cell[0];
        Class = (BoxClass)cell[1];
        AllowsShortAnswer = (cell[2] & Cell.FlagShortAnswer) != 0;
        WaitSeconds = cell[3];
        Address = address;
        Signature = signature;
        Token = cell.Slice(Cell.TokenOffset, Cell.TokenSize);
        Body = Operation == BoxOperation.Write ? cell[Cell.HeadSize..] : default;
    }

    /// <summary>What is asked.</summary>
    public BoxOperation Operation { get; }

    /// <summary>The class of the box, and of the answer.</summary>
    public BoxClass Class { get; }

    /// <summary>True if an answer without a body may be the head alone.</summary>
    public bool AllowsShortAnswer { get; }

    /// <summary>How long a read waits for a box that isn't there yet.</summary>
    public int WaitSeconds { get; }

    /// <summary>The address.</summary>
    public BoxAddress Address { get; }

    /// <summary>Write: over the body. Delete: over nothing. Read: zero.</summary>
    public Ed25519Signature Signature { get; }

    /// <summary>128 bytes for a token.</summary>
    public ReadOnlySpan<byte> Token { get; }

    /// <summary>The sealed payload of a write; empty for the others.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The length of the cell that begins with these bytes; four are needed.</summary>
    public static CellError TryGetLength(ReadOnlySpan<byte> start, out int length)
    {
        length = 0;
        if (start.Length < Cell.StartSize)
            return CellError.Incomplete;
        var operation = (BoxOperation)start[0];
        if (operation is not (BoxOperation.Read or BoxOperation.Write or BoxOperation.Delete))
            return CellError.OperationUnknown;
        var boxClass = (BoxClass)start[Cell.ClassOffset];
        if (!boxClass.IsKnown)
            return CellError.ClassUnknown;
        var flags = start[2];
        var isShort = (flags & Cell.FlagShort) != 0;
        if ((flags & ~(Cell.FlagShort | Cell.FlagShortAnswer)) != 0 || (isShort && operation == BoxOperation.Write))
            return CellError.FlagsInvalid;
        if (start[3] > Cell.MaxWaitSeconds || (start[3] != 0 && operation != BoxOperation.Read))
            return CellError.WaitInvalid;
        length = isShort ? Cell.HeadSize : boxClass.CellSize;
        return CellError.None;
    }

    /// <summary>Reads exactly one cell.</summary>
    public static CellError TryRead(ReadOnlySpan<byte> cell, out BoxRequest request)
    {
        request = default;
        var error = TryGetLength(cell, out var length);
        if (error != CellError.None)
            return error;
        if (cell.Length < length)
            return CellError.Incomplete;
        if (cell.Length > length)
            return CellError.WrongSize;
        _ = BoxAddress.TryRead(cell.Slice(Cell.RequestAddressOffset, BoxAddress.Size), out var address);
        var signatureBytes = cell.Slice(Cell.RequestSignatureOffset, Ed25519Signature.Size);
        if ((BoxOperation)cell[0] == BoxOperation.Read && !Cell.IsZero(signatureBytes))
            return CellError.NotZero;
        if (!Cell.IsZero(cell[Cell.RequestZeroOffset..Cell.HeadSize]))
            return CellError.NotZero;
        _ = Ed25519Signature.TryRead(signatureBytes, out var signature);
        request = new BoxRequest(cell, address, signature);
        return CellError.None;
    }

    /// <summary>Writes a read as a full cell (256 + class) or, when the destination has 256 bytes, as the head alone.</summary>
    /// <exception cref="ArgumentException">The destination has neither length.</exception>
    public static void WriteRead(Span<byte> destination, in BoxAddress address, BoxClass boxClass, int waitSeconds, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(waitSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(waitSeconds, Cell.MaxWaitSeconds);
        WriteHead(destination, BoxOperation.Read, boxClass, address, default, random);
        destination[3] = (byte)waitSeconds;
    }

    /// <summary>Writes a write: always a full cell.</summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void WriteWrite(Span<byte> destination, SealedBox box, bool allowShortAnswer)
    {
        ArgumentNullException.ThrowIfNull(box);
        if (destination.Length != box.Class.CellSize)
            throw new ArgumentException("A write has the whole cell of its class.", nameof(destination));
        WriteHead(destination, BoxOperation.Write, box.Class, box.Address, box.Signature, random: null);
        destination[2] = allowShortAnswer ? Cell.FlagShortAnswer : (byte)0;
        box.Payload.CopyTo(destination[Cell.HeadSize..]);
    }

    /// <summary>Writes a delete as a full cell or, when the destination has 256 bytes, as the head alone.</summary>
    /// <exception cref="ArgumentException">The destination has neither length.</exception>
    public static void WriteDelete(Span<byte> destination, in Tombstone tombstone, BoxClass boxClass, RandomSource random) =>
        WriteHead(destination, BoxOperation.Delete, boxClass, tombstone.Address, tombstone.Signature, random);

    private static void WriteHead(Span<byte> destination, BoxOperation operation, BoxClass boxClass, in BoxAddress address, in Ed25519Signature signature, RandomSource? random)
    {
        var isShort = destination.Length == Cell.HeadSize;
        if (!isShort && destination.Length != boxClass.CellSize)
            throw new ArgumentException("A cell is a head or a head and the class's payload.", nameof(destination));
        var head = destination[..Cell.HeadSize];
        head.Clear();
        head[0] = (byte)operation;
        head[Cell.ClassOffset] = (byte)boxClass;
        head[2] = isShort ? (byte)(Cell.FlagShort | Cell.FlagShortAnswer) : (byte)0;
        address.Bytes.CopyTo(head[Cell.RequestAddressOffset..]);
        signature.Bytes.CopyTo(head[Cell.RequestSignatureOffset..]);
        random?.Fill(destination[Cell.HeadSize..]);
    }
}
