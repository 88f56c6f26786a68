using Secrets.Crypto;
using Secrets.Relay.Limits;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>Answers cells: reads from the store or waits, verifies and stores writes and deletes, rings the bell for them.</summary>
internal sealed class BoxService
{
    private const int LargeUnits = 16;

    private readonly IBoxStore _store;
    private readonly BellBoard _bell;
    private readonly PassList _passes;

    /// <summary>Over a store and a bell that stay their owner's.</summary>
    public BoxService(IBoxStore store, BellBoard bell, PassList passes, RateGate rate, RelayCounters counters, RelayOptions options)
    {
        _store = store;
        _bell = bell;
        _passes = passes;
        Rate = rate;
        Counters = counters;
        Clock = options.Clock;
        Random = options.Random;
        Budget = new ByteBudget(options.Limits.MaxBytes);
        HeldBytes = new Allowance(options.Limits.MaxBytes);
        Waits = new Allowance(options.Limits.MaxWaiting);
        Waiting = new WaitingReads(HeldBytes);
    }

    /// <summary>The token buckets.</summary>
    public RateGate Rate { get; }

    /// <summary>The counters.</summary>
    public RelayCounters Counters { get; }

    /// <summary>The clock of waits.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Fills up answers without a box.</summary>
    public RandomSource Random { get; }

    /// <summary>Cells of all connections that are being worked on.</summary>
    public ByteBudget Budget { get; }

    /// <summary>Boxes in answers of all connections that were not sent yet.</summary>
    public Allowance HeldBytes { get; }

    /// <summary>Waiting reads of all connections, until their answers are sent.</summary>
    public Allowance Waits { get; }

    /// <summary>All waiting reads.</summary>
    public WaitingReads Waiting { get; }

    /// <summary>What a cell of this class costs, in small cells.</summary>
    public static int UnitsOf(BoxClass boxClass) => boxClass is BoxClass.Large ? LargeUnits : 1;

    /// <summary>Works on cells whose form was checked: reads only, or writes and deletes only.</summary>
    public void Work(ReadOnlySpan<CellWork> cells)
    {
        _ = BoxRequest.TryRead(cells[0].Cell.Span, out var first);
        if (first.Operation is BoxOperation.Read)
        {
            Read(cells);
            return;
        }
        foreach (var work in cells)
            Put(work);
    }

    /// <summary>Refuses cells that came too fast.</summary>
    public void Limit(ReadOnlySpan<CellWork> cells)
    {
        foreach (var work in cells)
        {
            Counters.Limited();
            Refuse(work);
        }
    }

    /// <summary>Answers a write or delete whose outcome is durable, and tells who waited for it.</summary>
    public void FinishPut(CellWork work, in CellHead head, BoxWrite write)
    {
        var result = write.Result;
        switch (result.Decision)
        {
            case BoxDecision.Store:
                Counters.Stored();
                if (!write.Box.IsMark)
                    _bell.Add(head.Address);
                Waiting.Notify(head.Address, write.Box);
                break;
            case BoxDecision.Renew:
                Counters.Stored();
                break;
            case BoxDecision.AnswerOccupied:
            case BoxDecision.AnswerDeleted:
                Counters.Occupied();
                break;
            case BoxDecision.Refuse:
                Counters.Refused();
                break;
        }
        work.Finish(CellAnswer.ToPut(head, result, HeldBytes));
    }

    /// <summary>What is under an address now; false if the disk fails.</summary>
    public bool TryFind(in BoxAddress address, out KeptBox? found)
    {
        found = null;
        try
        {
            _store.Find(new ReadOnlySpan<BoxAddress>(in address), new Span<KeptBox?>(ref found));
            return true;
        }
        catch (RelayException)
        {
            return false;
        }
    }

    private void Put(CellWork work)
    {
        _ = BoxRequest.TryRead(work.Cell.Span, out var request);
        if (request.Operation is BoxOperation.Write)
            Counters.Write();
        else
            Counters.Delete();
        var mayWrite = !_passes.IsClosed || work.Stream.Connection.HasPass;
        if (mayWrite && BoxPolicy.Verify(request))
        {
            _store.Put(work.ToWrite(request));
            return;
        }
        if (mayWrite)
            Counters.Invalid();
        else
            Counters.Refused();
        Refuse(work);
    }

    // each is put to the others that wait before the store is asked: what is written between the two wakes it
    private void Read(ReadOnlySpan<CellWork> cells)
    {
        var open = new List<CellWork>(cells.Length);
        foreach (var work in cells)
        {
            Counters.Read();
            if (TryBegin(work))
                open.Add(work);
        }
        var found = new KeptBox?[open.Count];
        var isKnown = TryFind(open, found);
        for (var i = 0; i < found.Length; i++)
            FinishRead(open[i], isKnown, found[i]);
    }

    private bool TryBegin(CellWork work)
    {
        _ = BoxRequest.TryRead(work.Cell.Span, out var request);
        if (request.WaitSeconds == 0)
            return true;
        var waiter = new Waiter(new CellHead(request, charge: 0, UnitsOf(request.Class)), work.Stream);
        if (work.Stream.TryAddWaiter(waiter))
        {
            work.Waiter = waiter;
            return true;
        }
        Counters.Limited();
        Refuse(work);
        return false;
    }

    private void FinishRead(CellWork work, bool isKnown, KeptBox? kept)
    {
        _ = BoxRequest.TryRead(work.Cell.Span, out var request);
        if (kept is null && work.Waiter is { } waiting)
        {
            waiting.Start(TimeSpan.FromSeconds(request.WaitSeconds), Clock);
            work.Finish(answer: null);
            return;
        }
        // one that was answered while the store was asked has its answer
        var isOpen = work.Waiter is not { } waiter || work.Stream.TryTakeBack(waiter);
        var head = new CellHead(request, work.Charge);
        if (!isOpen)
            work.Finish(answer: null);
        else
            work.Finish(isKnown ? CellAnswer.ToRead(head, kept, HeldBytes) : CellAnswer.Refused(head));
    }

    private static void Refuse(CellWork work)
    {
        _ = BoxRequest.TryRead(work.Cell.Span, out var request);
        work.Finish(CellAnswer.Refused(new CellHead(request, work.Charge)));
    }

    private bool TryFind(List<CellWork> reads, KeptBox?[] found)
    {
        var addresses = new BoxAddress[found.Length];
        for (var i = 0; i < addresses.Length; i++)
        {
            _ = BoxRequest.TryRead(reads[i].Cell.Span, out var request);
            addresses[i] = request.Address;
        }
        try
        {
            _store.Find(addresses, found);
        }
        catch (RelayException)
        {
            return false;
        }
        foreach (var kept in found)
        {
            if (kept is not null)
                Counters.Found();
        }
        return true;
    }
}
