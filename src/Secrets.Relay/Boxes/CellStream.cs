using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>One open <c>boxes.cells</c>: request cells in, answer cells out in whatever order they are ready.</summary>
/// <remarks>
/// What it holds in memory is bounded: cells that are worked on by the connection's budget, whose bytes are given back only when the answer was
/// sent, and waiting reads by their number, which counts them until then too.
/// </remarks>
internal sealed class CellStream
{
    private readonly Lock _gate = new();
    private readonly HashSet<Waiter> _waiters = [];
    private readonly AnswerQueue _answers;
    private readonly RpcDuplex _stream;
    private int _open = 1; // the reading side, and each cell without an answer
    private bool _isClosed;

    /// <summary>A stream that was just opened.</summary>
    public CellStream(BoxService service, ConnectionState connection, RpcDuplex stream)
    {
        Service = service;
        Connection = connection;
        _stream = stream;
        _answers = new AnswerQueue(service, connection, stream);
    }

    /// <summary>The service it belongs to.</summary>
    public BoxService Service { get; }

    /// <summary>The connection it belongs to.</summary>
    public ConnectionState Connection { get; }

    /// <summary>Serves it until the other side ends it, or <paramref name="stopping"/> does, and all that doesn't wait is answered.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        var sending = _answers.SendAsync(reading, cancellationToken);
        try
        {
            try
            {
                await ReadCellsAsync(reading.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // the relay is stopping, and what was taken is still answered; or the other side takes no answers
            }
            EndWaiters();
            EndOne();
            await sending.ConfigureAwait(false);
        }
        finally
        {
            EndWaiters();
            _answers.Complete();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _answers.DropRest();
        }
    }

    /// <summary>Adds a read that waits, and counts it; false if it is one too many or the stream is closed.</summary>
    public bool TryAddWaiter(Waiter waiter)
    {
        if (!Connection.TryWait(waiter.Head.WaitUnits))
            return false;
        lock (_gate)
        {
            if (!_isClosed)
            {
                _ = _waiters.Add(waiter);
                Service.Waiting.Add(waiter);
                return true;
            }
        }
        Connection.EndWait(waiter.Head.WaitUnits);
        return false;
    }

    /// <summary>Sends the answer of a read that has waited.</summary>
    public void AnswerWaiter(Waiter waiter, in CellAnswer answer)
    {
        Service.Waiting.Remove(waiter);
        lock (_gate)
            _ = _waiters.Remove(waiter);
        _answers.Add(answer);
    }

    /// <summary>Takes back a read that is answered without waiting; false if it was answered meanwhile.</summary>
    public bool TryTakeBack(Waiter waiter)
    {
        if (!waiter.TryEnd())
            return false;
        Forget(waiter);
        return true;
    }

    /// <summary>A cell was worked on: queues its answer, or gives back what a read that now waits has held.</summary>
    public void Finish(CellWork work, CellAnswer? answer)
    {
        Service.Budget.Release(work.Charge);
        if (answer is { } cell)
            _answers.Add(cell);
        else
            Connection.Budget.Release(work.Charge);
        EndOne();
    }

    private void Forget(Waiter waiter)
    {
        Service.Waiting.Remove(waiter);
        lock (_gate)
            _ = _waiters.Remove(waiter);
        Connection.EndWait(waiter.Head.WaitUnits);
    }

    private void EndWaiters()
    {
        Waiter[] left;
        lock (_gate)
        {
            _isClosed = true;
            left = [.. _waiters];
        }
        foreach (var waiter in left)
            _ = TryTakeBack(waiter);
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _answers.Complete();
    }

    private async Task ReadCellsAsync(CancellationToken cancellationToken)
    {
        while (await _stream.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_stream.TryRead(out var item))
            {
                if (await TryTakeAsync(item, cancellationToken).ConfigureAwait(false))
                    continue;
                Service.Counters.Invalid();
                throw new RpcException("boxes", "malformed cell");
            }
        }
    }

    private async ValueTask<bool> TryTakeAsync(RpcItem item, CancellationToken cancellationToken)
    {
        if (item.Kind is not RpcKind.Binary || !TryMeasure(item.Body.Span, out var cells, out var cost))
        {
            item.Dispose();
            return false;
        }
        var lease = new ItemLease(item, cells);
        var body = item.Body;
        var mayPass = await Service.Rate.TryPassAsync(Connection.Number, Connection.Network, cost, cancellationToken).ConfigureAwait(false);
        while (!body.IsEmpty)
        {
            var group = CellGroup.Cut(this, lease, ref body);
            await TakeBudgetAsync(group.Charge, cancellationToken).ConfigureAwait(false);
            _ = Interlocked.Add(ref _open, group.Cells.Length);
            if (mayPass)
                _ = ThreadPool.UnsafeQueueUserWorkItem(group, preferLocal: false);
            else
                Service.Limit(group.Cells);
        }
        return true;
    }

    private async ValueTask TakeBudgetAsync(int charge, CancellationToken cancellationToken)
    {
        await Connection.Budget.TakeAsync(charge, cancellationToken).ConfigureAwait(false);
        try
        {
            await Service.Budget.TakeAsync(charge, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Connection.Budget.Release(charge);
            throw;
        }
    }

    // whole cells, each of good form; a large one costs as much as sixteen small ones
    private static bool TryMeasure(ReadOnlySpan<byte> body, out int cells, out int cost)
    {
        cells = 0;
        cost = 0;
        while (!body.IsEmpty)
        {
            if (BoxRequest.TryGetLength(body, out var length) != CellError.None || length > body.Length)
                return false;
            if (BoxRequest.TryRead(body[..length], out var request) != CellError.None)
                return false;
            cells++;
            cost += BoxService.UnitsOf(request.Class);
            body = body[length..];
        }
        return cells > 0;
    }
}
