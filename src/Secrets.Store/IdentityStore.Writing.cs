using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Commits: built by their callers, flushed together.</content>
public sealed partial class IdentityStore
{
    private const int MaxBatchCount = 64;
    private const long MaxBatchSize = 16 * 1024 * 1024;

    private readonly Queue<PendingCommit> _queue = new();
    private readonly Dictionary<EntityId, PendingCommit> _pendingEntities = [];
    private Task _flushing = Task.CompletedTask;
    private bool _isFlushing;
    private bool _needsPurge;

    internal async Task CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PendingCommit? earlier;
            PendingCommit? own = null;
            lock (_gate)
            {
                ThrowIfNotWritable();
                earlier = EarlierOn(transaction);
                if (earlier is null)
                {
                    own = Build(transaction);
                    Enqueue(own);
                }
            }
            if (own is not null)
            {
                await own.Completion.ConfigureAwait(false);
                return;
            }
            // what this one takes the place of is decided by what is durable: it waits for the one before it on the same entity
            await earlier!.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void ThrowIfNotWritable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isRetired)
            throw new StoreException(StoreError.Retired);
        if (IsReadOnly)
            throw new StoreException(_files.IsFaulted ? StoreError.WriteFailed : StoreError.ReadOnly);
    }

    private PendingCommit? EarlierOn(StoreTransaction transaction)
    {
        if (_pendingEntities.Count > 0)
        {
            foreach (var change in transaction.Changes)
            {
                if (_pendingEntities.TryGetValue(change.Entity, out var pending))
                    return pending;
            }
        }
        return null;
    }

    private PendingCommit Build(StoreTransaction transaction)
    {
        var nodes = new List<Node>();
        var commits = new List<Commit>();
        if (transaction.Changes.Count > 0)
        {
            var (signed, unsigned) = new ChangeCollector(Facts).Collect(transaction.Changes);
            if (signed.Length > 0)
                commits.Add(Build(StorePart.Signed, signed, transaction.HeadsSeen, nodes));
            if (unsigned.Length > 0)
                commits.Add(Build(StorePart.Unsigned, unsigned, transaction.HeadsSeen, nodes));
        }
        return new PendingCommit { Nodes = nodes, Commits = commits, Slots = [.. transaction.Slots.Select(slot => new SlotWrite(slot.Id, slot.Release()))] };
    }

    private Commit Build(StorePart part, Fact[] facts, IReadOnlyCollection<Hash256> headsSeen, List<Node> nodes)
    {
        var key = _deviceKey ?? throw new InvalidOperationException("Facts are written by a device: name it first.");
        var heads = headsSeen.ToList();
        heads.Sort((left, right) => left.CompareTo(right));
        var head = new CommitHead
        {
            LedgerId = LedgerId,
            Part = part,
            Author = key.PublicKey,
            Time = HybridTime.Next(_next.Latest, _timeProvider.GetUtcNow()),
            Parents = [.. _next.Heads(part).Take(CommitWriter.MaxParents)],
            HeadsSeen = heads,
        };
        nodes.AddRange(CommitWriter.Write(head, facts, key));
        var commit = new Commit
        {
            Stamp = new CommitStamp(head.Author, head.Time, nodes[^1].Name),
            LedgerId = head.LedgerId,
            Part = part,
            Parents = head.Parents,
            HeadsSeen = heads,
            Facts = facts,
        };
        _next.Add(commit);
        return commit;
    }

    private void Enqueue(PendingCommit pending)
    {
        foreach (var commit in pending.Commits)
        {
            foreach (var fact in commit.Facts)
                _pendingEntities[fact.Entity] = pending;
        }
        _queue.Enqueue(pending);
        if (_isFlushing)
            return;
        _isFlushing = true;
        _flushing = Task.Run(FlushAllAsync);
    }

    private async Task FlushAllAsync()
    {
        while (true)
        {
            await _io.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                var batch = Dequeue();
                if (batch.Count == 0)
                    return;
                await FlushAsync(batch).ConfigureAwait(false);
            }
            finally
            {
                _io.Release();
            }
        }
    }

    private List<PendingCommit> Dequeue()
    {
        lock (_gate)
        {
            var batch = new List<PendingCommit>();
            var size = 0L;
            while (batch.Count < MaxBatchCount && _queue.TryPeek(out var next) && (batch.Count == 0 || size + next.Size <= MaxBatchSize))
            {
                size += next.Size;
                batch.Add(_queue.Dequeue());
            }
            _isFlushing = batch.Count > 0;
            return batch;
        }
    }

    private async Task FlushAsync(List<PendingCommit> batch)
    {
        var nodes = batch.SelectMany(pending => pending.Nodes).ToList();
        // of several versions of one slot only the last is written
        var slots = batch.SelectMany(pending => pending.Slots).GroupBy(slot => slot.Id).Select(group => group.Last()).ToList();
        var erases = slots.Exists(slot => slot.Value is null);
        try
        {
            if (_needsPurge)
                await PurgeSlotsLockedAsync().ConfigureAwait(false);
            await _files.AppendAsync(nodes, slots, batch.Exists(pending => pending.Retires)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // whatever it was, those who wait are told, and after anything unforeseen nothing more is written
            if (e is not StoreException)
                _files.Fault();
            Refuse(batch, e);
            return;
        }
        Accept(batch);
        _needsPurge |= erases;
        await TryTidyAsync().ConfigureAwait(false);
        foreach (var pending in batch)
            pending.Succeed();
    }

    private void Accept(List<PendingCommit> batch)
    {
        lock (_gate)
        {
            foreach (var pending in batch)
            {
                foreach (var commit in pending.Commits)
                {
                    Facts.Apply(commit);
                    _durable.Add(commit);
                }
                Forget(pending);
                foreach (var slot in pending.Slots)
                    slot.Dispose();
                _isRetired |= pending.Retires;
            }
        }
    }

    private void Refuse(List<PendingCommit> batch, Exception exception)
    {
        List<PendingCommit> refused;
        lock (_gate)
        {
            // those behind build on the refused ones
            refused = [.. batch, .. _queue];
            _queue.Clear();
            _pendingEntities.Clear();
            _next = _durable.Clone();
        }
        foreach (var pending in refused)
            pending.Fail(exception);
    }

    private void Forget(PendingCommit pending)
    {
        foreach (var commit in pending.Commits)
        {
            foreach (var fact in commit.Facts)
            {
                if (_pendingEntities.TryGetValue(fact.Entity, out var latest) && latest == pending)
                    _pendingEntities.Remove(fact.Entity);
            }
        }
    }

    /// <summary>What follows a flush now and then. A refusal here loses nothing: it is tried again, at the latest at the next opening.</summary>
    private async Task TryTidyAsync()
    {
        try
        {
            var age = _timeProvider.GetUtcNow() - _files.PurgedAt;
            if (_needsPurge || age >= _options.PurgeInterval || age < TimeSpan.Zero)
                await PurgeSlotsLockedAsync().ConfigureAwait(false);
            if (_files.IsPackingDue(_options.PackThreshold))
                await _files.PackAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (e is not StoreException)
                _files.Fault();
        }
    }
}
