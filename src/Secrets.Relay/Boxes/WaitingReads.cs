using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>All open waiting reads by address, in memory only.</summary>
internal sealed class WaitingReads
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BoxAddress, Waiter> _waiters = [];
    private readonly int _limit;
    private int _count;

    /// <summary>With room for so many.</summary>
    public WaitingReads(int limit) => _limit = limit;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds one; false if it is one too many.</summary>
    public bool TryAdd(Waiter waiter)
    {
        lock (_gate)
        {
            if (_count >= _limit)
                return false;
            waiter.Next = _waiters.GetValueOrDefault(waiter.Head.Address);
            _waiters[waiter.Head.Address] = waiter;
            _count++;
            return true;
        }
    }

    /// <summary>Removes one that has ended otherwise; nothing happens if it is not there any more.</summary>
    public void Remove(Waiter waiter)
    {
        lock (_gate)
        {
            if (!_waiters.TryGetValue(waiter.Head.Address, out var first))
                return;
            if (first == waiter)
            {
                RemoveFirst(waiter);
                return;
            }
            for (var before = first; before.Next is { } here; before = here)
            {
                if (here != waiter)
                    continue;
                before.Next = waiter.Next;
                _count--;
                return;
            }
        }
    }

    /// <summary>Answers all that wait for this address.</summary>
    public void Notify(in BoxAddress address, KeptBox kept)
    {
        Waiter? waiter;
        lock (_gate)
        {
            if (_count == 0 || !_waiters.Remove(address, out waiter))
                return;
            for (var each = waiter; each is not null; each = each.Next)
                _count--;
        }
        while (waiter is not null)
        {
            var next = waiter.Next;
            waiter.Answer(kept);
            waiter = next;
        }
    }

    private void RemoveFirst(Waiter waiter)
    {
        if (waiter.Next is { } next)
            _waiters[waiter.Head.Address] = next;
        else
            _ = _waiters.Remove(waiter.Head.Address);
        _count--;
    }
}
