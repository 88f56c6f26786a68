using Secrets.Transport.Boxes;

namespace Secrets.Transport.Tests.Support;

/// <summary>A relay in memory: the real decisions and the real cells over a dictionary.</summary>
internal sealed class RelayModel(RelayId id)
{
    private readonly Dictionary<BoxAddress, Entry> _boxes = [];
    private readonly SeededRandom _random = new(77);

    public RelayId Id { get; } = id;

    /// <summary>Every payload that was ever sent here, by address.</summary>
    public Dictionary<BoxAddress, byte[]> Sent { get; } = [];

    public int Count => _boxes.Count;

    public byte[] Handle(ReadOnlySpan<byte> cell)
    {
        Assert.Equal(CellError.None, BoxRequest.TryRead(cell, out var request));
        var stored = _boxes.TryGetValue(request.Address, out var entry) ? StoredBox.Of(entry.Class, entry.Signature, entry.Payload) : default;
        if (!BoxPolicy.Verify(request))
            return Status(request, BoxStatus.Refused, default);
        if (request.Operation == BoxOperation.Read)
        {
            var status = BoxPolicy.DecideRead(request.Class, stored);
            return status == BoxStatus.Ok ? Box(request, status, stored) : Status(request, status, stored);
        }
        var decision = BoxPolicy.Decide(request, stored);
        if (decision == BoxDecision.Store)
            _boxes[request.Address] = new Entry(request.Class, request.Signature, request.Body.ToArray());
        return decision switch
        {
            BoxDecision.Store or BoxDecision.Renew => Status(request, BoxStatus.Ok, default),
            BoxDecision.AnswerOccupied => Box(request, BoxStatus.Occupied, stored),
            BoxDecision.AnswerDeleted => Status(request, BoxStatus.Deleted, stored),
            BoxDecision.Refuse => Status(request, BoxStatus.Refused, default),
        };
    }

    public WriteOutcome Write(SealedBox box, out SealedBox? evidence)
    {
        var cell = new byte[box.Class.CellSize];
        BoxRequest.WriteWrite(cell, box, allowShortAnswer: true);
        if (Sent.TryGetValue(box.Address, out var before) && !before.AsSpan().SequenceEqual(box.Payload))
            Sent[box.Address] = []; // two contents: tests look for it
        else
            Sent[box.Address] = box.Payload.ToArray();
        Assert.Equal(CellError.None, BoxAnswer.TryRead(Handle(cell), out var answer));
        return WriteReceipt.Judge(box, answer, out evidence);
    }

    public void Delete(in Tombstone tombstone, BoxClass boxClass)
    {
        var cell = new byte[Cell.HeadSize];
        BoxRequest.WriteDelete(cell, tombstone, boxClass, _random);
        Assert.Equal(CellError.None, BoxAnswer.TryRead(Handle(cell), out var answer));
        Assert.Equal(BoxStatus.Ok, answer.Status);
    }

    public byte[] Read(in BoxAddress address, BoxClass boxClass)
    {
        var cell = new byte[Cell.HeadSize];
        BoxRequest.WriteRead(cell, address, boxClass, waitSeconds: 0, _random);
        return Handle(cell);
    }

    private byte[] Status(in BoxRequest request, BoxStatus status, in StoredBox stored)
    {
        var cell = new byte[BoxAnswer.GetLength(request.Class, request.AllowsShortAnswer, hasBody: false)];
        BoxAnswer.WriteStatus(cell, status, request.Class, request.Address, status == BoxStatus.Deleted ? stored.Signature : default, _random);
        return cell;
    }

    private static byte[] Box(in BoxRequest request, BoxStatus status, in StoredBox stored)
    {
        var cell = new byte[request.Class.CellSize];
        BoxAnswer.WriteBox(cell, status, request.Class, request.Address, stored.Signature, stored.Payload);
        return cell;
    }

    private sealed record Entry(BoxClass Class, Secrets.Crypto.Ed25519Signature Signature, byte[] Payload);
}
