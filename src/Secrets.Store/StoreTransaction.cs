using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Changes that become one commit (or one for each part) and slot versions: all or nothing.</summary>
/// <remarks>Not for several threads. Nothing is seen or kept before <see cref="CommitAsync"/> has returned.</remarks>
public sealed class StoreTransaction : IDisposable
{
    internal StoreTransaction()
    {
    }

    /// <summary>States a value: a single attribute's earlier values are replaced, a set gains it.</summary>
    public void Assert(EntityId entity, AttributeName attribute, FactValue value) => throw new NotSupportedException();

    /// <summary>Takes a value out of a set, or the single attribute's if it is this one.</summary>
    public void Retract(EntityId entity, AttributeName attribute, FactValue value) => throw new NotSupportedException();

    /// <summary>Takes all values of the attribute away.</summary>
    public void Retract(EntityId entity, AttributeName attribute) => throw new NotSupportedException();

    /// <summary>Takes all facts of the entity away.</summary>
    public void RetractEntity(EntityId entity) => throw new NotSupportedException();

    /// <summary>Writes the next version of a slot, at most 256 KiB.</summary>
    public void PutSlot(SlotId slot, ReadOnlySpan<byte> value) => throw new NotSupportedException();

    /// <summary>Erases a slot: after the commit its bytes can't be had again, not even with the password.</summary>
    public void EraseSlot(SlotId slot) => throw new NotSupportedException();

    /// <summary>Names heads of chains and channels that were seen; they stand in the commits.</summary>
    public void SawHead(Hash256 head) => throw new NotSupportedException();

    /// <summary>Keeps the changes; durable when it returns. Concurrent calls share one flush.</summary>
    /// <exception cref="StoreException">Refused by the disk or opened for reading only: then nothing was kept.</exception>
    public Task CommitAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Wipes what was not committed.</summary>
    public void Dispose()
    {
    }
}
