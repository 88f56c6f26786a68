using System.Buffers;
using Secrets.Crypto;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>An answer cell on its way out, in memory of a pool, and what to give back once it is sent.</summary>
internal readonly struct CellAnswer
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private CellAnswer(byte[] buffer, int length, int charge, int waitUnits)
    {
        _buffer = buffer;
        _length = length;
        Charge = charge;
        WaitUnits = waitUnits;
    }

    /// <summary>The cell.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Bytes to give back to the connection's budget.</summary>
    public int Charge { get; }

    /// <summary>Waiting reads to count out.</summary>
    public int WaitUnits { get; }

    /// <summary>An answer that shows a box, or the mark of a delete, or, for another class's box and for null, that nothing is there.</summary>
    public static CellAnswer ToRead(in CellHead head, KeptBox? kept, RandomSource random)
    {
        var status = kept is null ? BoxStatus.None : BoxPolicy.DecideRead(head.Class, kept.AsStored());
        return status is BoxStatus.Ok ? WithBox(head, status, kept!) : WithStatus(head, status, status is BoxStatus.Deleted ? kept!.Signature : default, random);
    }

    /// <summary>An answer to a write or delete.</summary>
    public static CellAnswer ToPut(in CellHead head, in PutResult result, RandomSource random) => result.Decision switch
    {
        BoxDecision.Store or BoxDecision.Renew => WithStatus(head, BoxStatus.Ok, default, random),
        BoxDecision.AnswerOccupied => WithBox(head, BoxStatus.Occupied, result.Existing!),
        BoxDecision.AnswerDeleted => WithStatus(head, BoxStatus.Deleted, result.Existing!.Signature, random),
        BoxDecision.Refuse => Refused(head, random),
    };

    /// <summary>The answer that gives no reason.</summary>
    public static CellAnswer Refused(in CellHead head, RandomSource random) => WithStatus(head, BoxStatus.Refused, default, random);

    /// <summary>Gives the memory back.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_buffer);

    private static CellAnswer WithBox(in CellHead head, BoxStatus status, KeptBox kept)
    {
        var length = head.Class.CellSize;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        BoxAnswer.WriteBox(buffer.AsSpan(0, length), status, head.Class, head.Address, kept.Signature, kept.Body.Span);
        return new CellAnswer(buffer, length, head.Charge, head.WaitUnits);
    }

    private static CellAnswer WithStatus(in CellHead head, BoxStatus status, in Ed25519Signature signature, RandomSource random)
    {
        var length = BoxAnswer.GetLength(head.Class, head.AllowsShortAnswer, hasBody: false);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        BoxAnswer.WriteStatus(buffer.AsSpan(0, length), status, head.Class, head.Address, signature, random);
        return new CellAnswer(buffer, length, head.Charge, head.WaitUnits);
    }
}
