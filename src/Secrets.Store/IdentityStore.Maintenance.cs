using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Purge, retirement, password, backup root.</content>
public sealed partial class IdentityStore
{
    /// <summary>Replaces the key that all slots hang on, so that earlier versions and erased slots can't be opened again.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    public Task PurgeSlotsAsync(CancellationToken cancellationToken) => ExclusivelyAsync(async () =>
    {
        await PurgeLockedAsync().ConfigureAwait(false);
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

    /// <summary>Changes the password; the storage key is replaced with it and everything encrypted anew.</summary>
    /// <exception cref="StoreException">The old password is wrong, or the disk refused: then the old one holds.</exception>
    public Task ChangePasswordAsync(ReadOnlyMemory<byte> oldPassword, ReadOnlyMemory<byte> newPassword, CancellationToken cancellationToken) => ExclusivelyAsync(async () =>
    {
        using var oldKeys = await UnlockAsync(oldPassword, cancellationToken).ConfigureAwait(false);
        using var root = OpenRoot(oldKeys);
        var newLock = PasswordLock.Generate(_options.PasswordCost, _random);
        using var newKeys = await newLock.DeriveAsync(newPassword, _options, cancellationToken).ConfigureAwait(false);
        var (commits, others) = await _files.ReadNodesAsync(cancellationToken).ConfigureAwait(false);
        var old = _files;
        var contents = new StoreContents
        {
            LedgerId = LedgerId,
            Nodes = [.. others.Values, .. commits],
            Slots = [.. old.Slots.Entries.Select(entry => new SlotWrite(entry.Id, old.Slots.Copy(entry.Id)))],
            SlotClock = old.Slots.Clock,
            SignedHead = old.SignedHead,
            UnsignedHead = old.UnsignedHead,
            BackupRoot = root,
        };
        var keySlots = old.KeySlots;
        var fresh = await WriteGenerationAsync(_backend, keySlots.StoreId, keySlots.Generation + 1, newLock, newKeys, contents, _random, _timeProvider, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _files = fresh;
            old.Dispose();
        }
        await old.RemoveAsync().ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Seals the backup root (at most 256 bytes) directly under the password, so that an unlocked store alone doesn't give it away.</summary>
    /// <exception cref="StoreException">The password is wrong, or the disk refused.</exception>
    public Task SetBackupRootAsync(ReadOnlyMemory<byte> password, SecretBuffer root, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(root.Length, KeySlots.MaxBackupRootSize);
        return ExclusivelyAsync(async () =>
        {
            using var keys = await UnlockAsync(password, cancellationToken).ConfigureAwait(false);
            using var rootKey = keys.Derive(Labels.BackupRootKey);
            var slots = _files.KeySlots;
            await _files.PublishAsync(new KeySlots
            {
                StoreId = slots.StoreId,
                LedgerId = slots.LedgerId,
                Generation = slots.Generation,
                Lock = slots.Lock,
                SealedKey = slots.SealedKey,
                SealedBackupRoot = Sealed.Seal(root.Bytes, KeySlots.RootContext(slots.LedgerId, slots.Lock), rootKey, _random),
            }, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken);
    }

    /// <summary>Opens the backup root; null if none was set. The caller owns it.</summary>
    /// <exception cref="StoreException">The password is wrong.</exception>
    public async Task<SecretBuffer?> OpenBackupRootAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var keys = await UnlockAsync(password, cancellationToken).ConfigureAwait(false);
        return OpenRoot(keys);
    }

    /// <summary>The keys of this password, if it is the right one.</summary>
    private async Task<PasswordKeys> UnlockAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        var keySlots = _files.KeySlots;
        var keys = await keySlots.Lock.DeriveAsync(password, _options, cancellationToken).ConfigureAwait(false);
        try
        {
            using var storageKey = OpenStorageKey(keySlots, keys);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    private SecretBuffer? OpenRoot(PasswordKeys keys)
    {
        var slots = _files.KeySlots;
        if (slots.SealedBackupRoot.IsEmpty)
            return null;
        using var rootKey = keys.Derive(Labels.BackupRootKey);
        return Sealed.Open(slots.SealedBackupRoot.Span, KeySlots.RootContext(slots.LedgerId, slots.Lock), rootKey)
            ?? throw new StoreException(StoreError.Damaged, StoreDamage.KeySlots);
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

    private async Task PurgeLockedAsync()
    {
        await _files.PurgeAsync().ConfigureAwait(false);
        _needsPurge = false;
    }
}
