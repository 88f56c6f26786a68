using Secrets.Relay.Limits;
using Secrets.Relay.Storage;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>All open waiting reads by address, in memory only.</summary>
/// <remarks>Those of one address are linked both ways, so that one goes in one step however many there are.</remarks>
internal sealed class WaitingReads
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BoxAddress, Waiter> _waiters = [];
    private readonly Allowance _heldBytes;
    private int _count;

    /// <summary>Boxes that many wait for are counted here while they are held for their answers.</summary>
    public WaitingReads(Allowance heldBytes) => _heldBytes = heldBytes;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds one.</summary>
    public void Add(Waiter waiter)
    {
        lock (_gate)
        {
            if (_waiters.TryGetValue(waiter.Head.Address, out var next))
                next.Previous = waiter;
            waiter.Next = next;
            waiter.IsListed = true;
            _waiters[waiter.Head.Address] = waiter;
            _count++;
        }
    }

    /// <summary>Removes one that has ended otherwise; nothing happens if it is not there any more.</summary>
    public void Remove(Waiter waiter)
    {
        lock (_gate)
        {
            if (!waiter.IsListed)
                return;
            waiter.IsListed = false;
            _count--;
            if (waiter.Next is { } next)
                next.Previous = waiter.Previous;
            if (waiter.Previous is { } previous)
                previous.Next = waiter.Next;
            else if (waiter.Next is { } first)
                _waiters[waiter.Head.Address] = first;
            else
                _ = _waiters.Remove(waiter.Head.Address);
        }
    }

    /// <summary>Answers all that wait for this address, with one copy of the box for all of them.</summary>
    public void Notify(in BoxAddress address, KeptBox kept)
    {
        if (!TryTake(address, out var waiter))
            return;
        var box = HeldBox.TryCopy(kept, _heldBytes);
        for (var each = waiter; each is not null; each = each.Next)
            each.Answer(CellAnswer.ToRead(each.Head, box?.Share()));
        box?.Release();
    }

    private bool TryTake(in BoxAddress address, out Waiter? first)
    {
        lock (_gate)
        {
            first = null;
            if (_count == 0 || !_waiters.Remove(address, out first))
                return false;
            for (var each = first; each is not null; each = each.Next)
            {
                each.IsListed = false;
                _count--;
            }
            return true;
        }
    }
}
