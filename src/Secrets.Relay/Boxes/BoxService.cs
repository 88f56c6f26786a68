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
        Waiting = new WaitingReads(options.Limits.MaxWaiting);
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

    /// <summary>All waiting reads.</summary>
    public WaitingReads Waiting { get; }

    /// <summary>What a cell of this class costs, in small cells.</summary>
    public static int UnitsOf(BoxClass boxClass) => boxClass is BoxClass.Large ? LargeUnits : 1;

    /// <summary>Works on a cell whose form was checked.</summary>
    public void Work(CellWork work)
    {
        _ = BoxRequest.TryRead(work.Cell.Span, out var request);
        switch (request.Operation)
        {
            case BoxOperation.Read:
                Counters.Read();
                Read(work, request);
                break;
            case BoxOperation.Write:
                Counters.Write();
                Put(work, request);
                break;
            case BoxOperation.Delete:
                Counters.Delete();
                Put(work, request);
                break;
        }
    }

    /// <summary>Refuses a cell that came too fast.</summary>
    public void Limit(CellWork work)
    {
        Counters.Limited();
        _ = BoxRequest.TryRead(work.Cell.Span, out var request);
        work.Finish(CellAnswer.Refused(new CellHead(request, work.Charge), Random));
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
        work.Finish(CellAnswer.ToPut(head, result, Random));
    }

    private void Put(CellWork work, in BoxRequest request)
    {
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
        work.Finish(CellAnswer.Refused(new CellHead(request, work.Charge), Random));
    }

    private void Read(CellWork work, in BoxRequest request)
    {
        if (request.WaitSeconds > 0)
        {
            ReadOrWait(work, request);
            return;
        }
        var head = new CellHead(request, work.Charge);
        work.Finish(TryFind(head.Address, out var kept) ? CellAnswer.ToRead(head, kept, Random) : CellAnswer.Refused(head, Random));
    }

    // the read is put to the others that wait before the store is asked: what is written between the two wakes it
    private void ReadOrWait(CellWork work, in BoxRequest request)
    {
        var stream = work.Stream;
        var head = new CellHead(request, work.Charge);
        var waiter = new Waiter(new CellHead(request, charge: 0, UnitsOf(request.Class)), stream);
        if (!stream.TryAddWaiter(waiter))
        {
            Counters.Limited();
            work.Finish(CellAnswer.Refused(head, Random));
            return;
        }
        var isThere = TryFind(head.Address, out var kept) && kept is not null;
        if (!isThere)
        {
            waiter.Start(TimeSpan.FromSeconds(request.WaitSeconds), Clock);
            work.Finish(answer: null);
            return;
        }
        work.Finish(stream.TryTakeBack(waiter) ? CellAnswer.ToRead(head, kept, Random) : null);
    }

    private bool TryFind(in BoxAddress address, out KeptBox? kept)
    {
        kept = null;
        try
        {
            kept = _store.Find(address.Bytes);
        }
        catch (RelayException)
        {
            return false;
        }
        if (kept is not null)
            Counters.Found();
        return true;
    }
}
