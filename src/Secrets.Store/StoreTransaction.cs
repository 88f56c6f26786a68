using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Changes that become one commit (or one for each part) and slot versions: all or nothing.</summary>
/// <remarks>Not for several threads. Nothing is seen or kept before <see cref="CommitAsync"/> has returned.</remarks>
public sealed class StoreTransaction : IDisposable
{
    /// <summary>Longest value of a slot: 256 KiB.</summary>
    public const int MaxSlotSize = SlotCipher.MaxValueSize;

    private readonly IdentityStore _store;
    private readonly Dictionary<SlotId, SlotWrite> _slots = [];
    private readonly HashSet<Hash256> _headsSeen = [];
    private readonly List<FactChange> _changes = [];
    private bool _isDone;

    internal StoreTransaction(IdentityStore store) => _store = store;

    internal IReadOnlyList<FactChange> Changes => _changes;

    internal IReadOnlyCollection<SlotWrite> Slots => _slots.Values;

    internal IReadOnlyCollection<Hash256> HeadsSeen => _headsSeen;

    /// <summary>States a value: a single attribute's earlier values are replaced, a set gains it.</summary>
    public void Assert(EntityId entity, AttributeName attribute, FactValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(new FactChange(FactChangeKind.Assert, entity, attribute, value));
    }

    /// <summary>Takes a value out of a set, or the single attribute's if it is this one.</summary>
    public void Retract(EntityId entity, AttributeName attribute, FactValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(new FactChange(FactChangeKind.RetractValue, entity, attribute, value));
    }

    /// <summary>Takes all values of the attribute away.</summary>
    public void Retract(EntityId entity, AttributeName attribute) => Add(new FactChange(FactChangeKind.RetractAttribute, entity, attribute, null));

    /// <summary>Takes all facts of the entity away.</summary>
    public void RetractEntity(EntityId entity)
    {
        _ = entity.Type.Name;
        ThrowIfDone();
        _changes.Add(new FactChange(FactChangeKind.RetractEntity, entity, default, null));
    }

    /// <summary>Writes the next version of a slot, 1 byte to 256 KiB.</summary>
    /// <exception cref="ArgumentException">Empty or too long.</exception>
    public void PutSlot(SlotId slot, ReadOnlySpan<byte> value)
    {
        if (value.Length is 0 or > MaxSlotSize)
            throw new ArgumentException("A slot holds 1 byte to 256 KiB.", nameof(value));
        ThrowIfDone();
        Replace(new SlotWrite(slot, new SecretBuffer(value)));
    }

    /// <summary>Erases a slot: after the commit its bytes can't be had again, not even with the password.</summary>
    public void EraseSlot(SlotId slot)
    {
        ThrowIfDone();
        Replace(new SlotWrite(slot, null));
    }

    /// <summary>Names a head of a chain or channel that was seen; at most 64 stand in the commits.</summary>
    /// <exception cref="InvalidOperationException">More than 64.</exception>
    public void SawHead(Hash256 head)
    {
        ThrowIfDone();
        if (_headsSeen.Count == CommitWriter.MaxHeadsSeen && !_headsSeen.Contains(head))
            throw new InvalidOperationException("A commit names at most 64 heads.");
        _headsSeen.Add(head);
    }

    /// <summary>Keeps the changes; durable when it returns. Concurrent calls share one flush.</summary>
    /// <remarks>A cancelled call was not kept; once it waits for the disk, it isn't cancelled any more.</remarks>
    /// <exception cref="StoreException">Refused by the disk or opened for reading only: then nothing was kept.</exception>
    public Task CommitAsync(CancellationToken cancellationToken)
    {
        ThrowIfDone();
        _isDone = true;
        return _store.CommitAsync(this, cancellationToken);
    }

    /// <summary>Wipes what was not committed.</summary>
    public void Dispose()
    {
        _isDone = true;
        foreach (var slot in _slots.Values)
            slot.Dispose();
    }

    private void Add(FactChange change)
    {
        _ = change.Entity.Type.Name;
        _ = change.Attribute.Name;
        ThrowIfDone();
        _changes.Add(change);
    }

    private void Replace(SlotWrite write)
    {
        if (_slots.TryGetValue(write.Id, out var earlier))
            earlier.Dispose();
        _slots[write.Id] = write;
    }

    private void ThrowIfDone()
    {
        if (_isDone)
            throw new InvalidOperationException("The transaction was committed or disposed.");
    }
}
