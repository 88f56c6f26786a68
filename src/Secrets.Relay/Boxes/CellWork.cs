using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>One request cell being worked on.</summary>
internal sealed class CellWork
{
    private readonly ItemLease _lease;

    /// <summary>A cell that was checked for its form.</summary>
    public CellWork(CellStream stream, ItemLease lease, ReadOnlyMemory<byte> cell, int charge)
    {
        Stream = stream;
        _lease = lease;
        Cell = cell;
        Charge = charge;
    }

    /// <summary>The stream it came by and is answered by.</summary>
    public CellStream Stream { get; }

    /// <summary>The cell, valid until <see cref="Finish"/>.</summary>
    public ReadOnlyMemory<byte> Cell { get; }

    /// <summary>Bytes it holds of both budgets.</summary>
    public int Charge { get; }

    /// <summary>What waits for it, if it is a read that waits.</summary>
    public Waiter? Waiter { get; set; }

    /// <summary>Gives the cell's bytes back and queues its answer, if it has one now.</summary>
    public void Finish(CellAnswer? answer)
    {
        _lease.Release();
        Stream.Finish(this, answer);
    }

    /// <summary>A write or delete of a verified cell.</summary>
    public BoxWrite ToWrite(in BoxRequest request)
    {
        var body = request.Operation is BoxOperation.Write ? Cell[Transport.Boxes.Cell.HeadSize..] : default;
        return new Put(this, new CellHead(request, Charge), new KeptBox(request.Class, request.Signature, body));
    }

    private sealed class Put(CellWork work, CellHead head, KeptBox box) : BoxWrite(head.Address, box)
    {
        public override void OnCompleted() => work.Stream.Service.FinishPut(work, head, this);
    }
}
