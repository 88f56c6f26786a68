namespace Secrets.Store;

/// <content>Purge and retirement.</content>
public sealed partial class IdentityStore
{
    /// <summary>Replaces the key that all slots hang on, so that earlier versions and erased slots can't be opened again.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    public Task PurgeSlotsAsync(CancellationToken cancellationToken) => ExclusivelyAsync(async () =>
    {
        await PurgeSlotsLockedAsync().ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Erases all slots and marks the store as moved, in one transaction; it is read-only from then on.</summary>
    /// <remarks>Its facts can still be exported, also after opening it again with <see cref="StoreOptions.OpenRetired"/>.</remarks>
    /// <exception cref="StoreException">The disk refused: then nothing was changed.</exception>
    public async Task EraseSlotsAndRetireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PendingCommit retirement;
        lock (_gate)
        {
            ThrowIfNotWritable();
            var slots = _files.Slots.Entries.Select(entry => entry.Id)
                .Concat(_queue.SelectMany(pending => pending.Slots).Select(slot => slot.Id))
                .Distinct();
            retirement = new PendingCommit { Nodes = [], Commits = [], Slots = [.. slots.Select(slot => new SlotWrite(slot, null))], Retires = true };
            Enqueue(retirement);
        }
        await retirement.Completion.ConfigureAwait(false);
    }

    /// <summary>Runs a change of the files while no commit is being written.</summary>
    private async Task<T> ExclusivelyAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _io.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_gate)
                ThrowIfNotWritable();
            return await change().ConfigureAwait(false);
        }
        finally
        {
            _io.Release();
        }
    }

    private async Task PurgeSlotsLockedAsync()
    {
        await _files.PurgeSlotsAsync().ConfigureAwait(false);
        _needsPurge = false;
    }
}
