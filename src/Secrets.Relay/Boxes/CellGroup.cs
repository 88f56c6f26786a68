using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>Cells of one item, one after the other in it, that one thread of the pool works on: signatures are verified on all cores, reads look into the store together.</summary>
internal sealed class CellGroup : IThreadPoolWorkItem
{
    // verifying is most of the work: fewer in a group would leave no core idle, more would keep the last of them waiting
    private const int MaxWrites = 4;
    private const int MaxReads = 16;

    // more than one cell takes no more than this part of a budget at once, so that a group never waits for all others to end
    private const int BudgetPart = 4;

    private readonly BoxService _service;
    private readonly CellWork[] _cells;

    private CellGroup(BoxService service, CellWork[] cells, int charge)
    {
        _service = service;
        _cells = cells;
        Charge = charge;
    }

    /// <summary>The cells: reads only, or writes and deletes only.</summary>
    public ReadOnlySpan<CellWork> Cells => _cells;

    /// <summary>Bytes that they hold of both budgets; of more than one cell never more than a part of either.</summary>
    public int Charge { get; }

    /// <summary>Cuts the next group off the rest of an item whose cells were checked for their form.</summary>
    public static CellGroup Cut(CellStream stream, ItemLease lease, ref ReadOnlyMemory<byte> rest)
    {
        var isRead = IsRead(rest.Span);
        var most = Math.Min(stream.Connection.Budget.Size, stream.Service.Budget.Size) / BudgetPart;
        var cells = new List<CellWork>(isRead ? MaxReads : MaxWrites);
        var charge = 0;
        while (!rest.IsEmpty && cells.Count < cells.Capacity && IsRead(rest.Span) == isRead)
        {
            _ = BoxRequest.TryGetLength(rest.Span, out var length);
            var own = ((BoxClass)rest.Span[1]).CellSize;
            if (cells.Count > 0 && charge + own > most)
                break;
            cells.Add(new CellWork(stream, lease, rest[..length], own));
            charge += own;
            rest = rest[length..];
        }
        return new CellGroup(stream.Service, [.. cells], charge);
    }

    /// <summary>Works on them.</summary>
    public void Execute() => _service.Work(_cells);

    private static bool IsRead(ReadOnlySpan<byte> cell) => (BoxOperation)cell[0] is BoxOperation.Read;
}
