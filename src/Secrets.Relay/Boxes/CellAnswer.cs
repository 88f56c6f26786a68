using Secrets.Relay.Limits;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>An answer on its way out, and what to give back once it is sent. Its cell is written only into the item that carries it, so that a queue of answers is small.</summary>
/// <remarks>It shows a box that is held, or, where there was no room to hold it, what the store has when it is written. It is written or dropped once.</remarks>
internal readonly struct CellAnswer
{
    private readonly CellHead _head;
    private readonly HeldBox? _box;
    private readonly BoxStatus _status;
    private readonly Source _source;

    private CellAnswer(in CellHead head, BoxStatus status, Source source = Source.Status, HeldBox? box = null)
    {
        _head = head;
        _status = status;
        _source = source;
        _box = box;
    }

    // where the cell comes from when it is written
    private enum Source : byte
    {
        Status,
        Box,
        StoreForRead,
        StoreForPut,
    }

    /// <summary>The most bytes that the cell may have.</summary>
    public int MaxLength => BoxAnswer.GetLength(_head.Class, _head.AllowsShortAnswer, hasBody: _source is not Source.Status);

    /// <summary>Bytes to give back to the connection's budget.</summary>
    public int Charge => _head.Charge;

    /// <summary>Waiting reads to count out.</summary>
    public int WaitUnits => _head.WaitUnits;

    /// <summary>Nothing is there.</summary>
    public static CellAnswer None(in CellHead head) => new(head, BoxStatus.None);

    /// <summary>The answer that gives no reason.</summary>
    public static CellAnswer Refused(in CellHead head) => new(head, BoxStatus.Refused);

    /// <summary>An answer that shows what was found, whose body is nobody else's; for null that nothing is there.</summary>
    public static CellAnswer ToRead(in CellHead head, KeptBox? kept, Allowance bytes) =>
        kept is null ? None(head) : ToRead(head, HeldBox.TryHold(kept, bytes));

    /// <summary>An answer that shows a box, or the mark of a delete, or, for another class's box, that nothing is there; for null what the store has then. It becomes the box's user.</summary>
    public static CellAnswer ToRead(in CellHead head, HeldBox? box)
    {
        if (box is null)
            return new CellAnswer(head, BoxStatus.None, Source.StoreForRead);
        var status = StatusOfRead(head, box.Box);
        if (status is not BoxStatus.None)
            return new CellAnswer(head, status, Source.Box, box);
        box.Release();
        return None(head);
    }

    /// <summary>An answer to a write or delete.</summary>
    public static CellAnswer ToPut(in CellHead head, in PutResult result, Allowance bytes) => result.Decision switch
    {
        BoxDecision.Store or BoxDecision.Renew => new CellAnswer(head, BoxStatus.Ok),
        BoxDecision.AnswerOccupied => WithExisting(head, BoxStatus.Occupied, result.Existing!, bytes),
        BoxDecision.AnswerDeleted => WithExisting(head, BoxStatus.Deleted, result.Existing!, bytes),
        BoxDecision.Refuse => Refused(head),
    };

    /// <summary>Writes the cell and lets go of the box; the bytes written.</summary>
    public int Write(Span<byte> destination, BoxService service)
    {
        var status = _status;
        var kept = _box?.Box;
        if (_source is Source.StoreForRead or Source.StoreForPut)
            status = Find(service, out kept);
        var length = BoxAnswer.GetLength(_head.Class, _head.AllowsShortAnswer, hasBody: kept is { IsMark: false });
        if (kept is { IsMark: false })
            BoxAnswer.WriteBox(destination[..length], status, _head.Class, _head.Address, kept.Signature, kept.Body.Span);
        else
            BoxAnswer.WriteStatus(destination[..length], status, _head.Class, _head.Address, kept is null ? default : kept.Signature, service.Random);
        _box?.Release();
        return length;
    }

    /// <summary>Lets go of the box unwritten.</summary>
    public void Drop() => _box?.Release();

    private static CellAnswer WithExisting(in CellHead head, BoxStatus status, KeptBox existing, Allowance bytes) =>
        HeldBox.TryHold(existing, bytes) is { } box ? new CellAnswer(head, status, Source.Box, box) : new CellAnswer(head, status, Source.StoreForPut);

    private static BoxStatus StatusOfRead(in CellHead head, KeptBox? kept) => kept is null ? BoxStatus.None : BoxPolicy.DecideRead(head.Class, kept.AsStored());

    // what was in the way may have gone meanwhile: the answer without a reason lets the client write again
    private static BoxStatus StatusOfPut(in CellHead head, KeptBox? kept)
    {
        if (kept is { IsMark: true })
            return BoxStatus.Deleted;
        return kept is not null && kept.Class == head.Class ? BoxStatus.Occupied : BoxStatus.Refused;
    }

    private BoxStatus Find(BoxService service, out KeptBox? kept)
    {
        if (!service.TryFind(_head.Address, out kept))
            return BoxStatus.Refused;
        var status = _source is Source.StoreForRead ? StatusOfRead(_head, kept) : StatusOfPut(_head, kept);
        if (status is BoxStatus.None or BoxStatus.Refused)
            kept = null;
        return status;
    }
}
