using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Key slots: password, recovery keys, device keys; and the backup root.</content>
public sealed partial class IdentityStore
{
    /// <summary>The ways to open the store besides its password, in the order of their ids.</summary>
    public IReadOnlyList<StoreKeySlot> OtherKeySlots
    {
        get
        {
            lock (_gate)
                return [.. _files.KeySlots.Others.Select(slot => slot.Slot)];
        }
    }

    /// <summary>Changes the password; the storage key is replaced with it and everything encrypted anew. The other key slots stay.</summary>
    /// <exception cref="StoreException">The old password is wrong, or the disk refused: then the old one holds.</exception>
    public Task ChangePasswordAsync(ReadOnlyMemory<byte> oldPassword, ReadOnlyMemory<byte> newPassword, CancellationToken cancellationToken) => ExclusivelyAsync(async () =>
    {
        using var oldKeys = await UnlockAsync(oldPassword, cancellationToken).ConfigureAwait(false);
        using var root = OpenRoot(oldKeys);
        await SetPasswordAsync(newPassword, root, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Sets a password in place of one that was forgotten. As when changing it, the storage key is replaced.</summary>
    /// <exception cref="StoreException">The store has no slot for this key, or the disk refused: then the old password holds.</exception>
    public Task ChangePasswordAsync(StoreRecoveryKey key, ReadOnlyMemory<byte> newPassword, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ExclusivelyAsync(async () =>
        {
            using var root = OpenRoot(key);
            await SetPasswordAsync(newPassword, root, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken);
    }

    /// <summary>Adds a slot for a recovery key, which opens the backup root too: so the password is asked for.</summary>
    /// <exception cref="InvalidOperationException">The store has this key already, or 16 slots.</exception>
    /// <exception cref="StoreException">The password is wrong, or the disk refused.</exception>
    public Task<StoreKeySlot> AddRecoveryKeyAsync(ReadOnlyMemory<byte> password, StoreRecoveryKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ExclusivelyAsync(async () =>
        {
            using var pair = key.OpenPair();
            var slot = FreeSlot(StoreKeySlotKind.Recovery, pair.PublicKey);
            using var keys = await UnlockAsync(password, cancellationToken).ConfigureAwait(false);
            using var root = OpenRoot(keys);
            var others = PublicKeys(_files.KeySlots.Others).Append((StoreKeySlotKind.Recovery, pair.PublicKey));
            await PublishAsync(keys, others, root, cancellationToken).ConfigureAwait(false);
            return slot;
        }, cancellationToken);
    }

    /// <summary>Adds a slot for a device's key.</summary>
    /// <exception cref="InvalidOperationException">The store has this key already, or 16 slots.</exception>
    /// <exception cref="StoreException">The disk refused.</exception>
    public Task<StoreKeySlot> AddDeviceKeyAsync(StoreDevicePublicKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ExclusivelyAsync(async () =>
        {
            var slot = FreeSlot(StoreKeySlotKind.Device, key.Key);
            var slots = _files.KeySlots;
            await _files.PublishAsync(slots.With(KeySlot.Seal(StoreKeySlotKind.Device, key.Key, slots.StoreId, _files.StorageKey, null, _random)), cancellationToken).ConfigureAwait(false);
            return slot;
        }, cancellationToken);
    }

    /// <summary>Removes a key slot; the storage key is replaced and everything encrypted anew, as its key may have opened the old one.</summary>
    /// <exception cref="ArgumentException">The store has no such slot.</exception>
    /// <exception cref="StoreException">The password is wrong, or the disk refused: then nothing was changed.</exception>
    public Task RemoveKeySlotAsync(ReadOnlyMemory<byte> password, StoreKeySlot slot, CancellationToken cancellationToken) => ExclusivelyAsync(async () =>
    {
        var others = _files.KeySlots.Others.Where(other => other.Slot != slot).ToList();
        if (others.Count == _files.KeySlots.Others.Count)
            throw new ArgumentException("The store has no such slot.", nameof(slot));
        using var keys = await UnlockAsync(password, cancellationToken).ConfigureAwait(false);
        using var root = OpenRoot(keys);
        await ReplaceStorageKeyAsync(_files.KeySlots.Lock, keys, others, root, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Seals the backup root (at most 256 bytes) directly under the password and to the recovery keys, so that an unlocked store alone doesn't give it away.</summary>
    /// <exception cref="StoreException">The password is wrong, or the disk refused.</exception>
    public Task SetBackupRootAsync(ReadOnlyMemory<byte> password, SecretBuffer root, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(root.Length, KeySlots.MaxBackupRootSize);
        return ExclusivelyAsync(async () =>
        {
            using var keys = await UnlockAsync(password, cancellationToken).ConfigureAwait(false);
            await PublishAsync(keys, PublicKeys(_files.KeySlots.Others), root, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Opens the backup root with a recovery key; null if none was set. The caller owns it.</summary>
    /// <exception cref="StoreException">The store has no slot for this key.</exception>
    public SecretBuffer? OpenBackupRoot(StoreRecoveryKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return OpenRoot(key);
    }

    private static IEnumerable<(StoreKeySlotKind Kind, SlotPublicKey PublicKey)> PublicKeys(IEnumerable<KeySlot> slots) =>
        slots.Select(slot => (slot.Slot.Kind, slot.PublicKey));

    private StoreKeySlot FreeSlot(StoreKeySlotKind kind, SlotPublicKey publicKey)
    {
        var slot = KeySlot.SlotOf(kind, publicKey);
        var others = _files.KeySlots.Others;
        if (others.Count == KeySlots.MaxCount - 1 || others.Any(other => other.Slot == slot))
            throw new InvalidOperationException("The store has this key already, or as many slots as it may have.");
        return slot;
    }

    private async Task SetPasswordAsync(ReadOnlyMemory<byte> newPassword, SecretBuffer? root, CancellationToken cancellationToken)
    {
        var newLock = PasswordLock.Generate(_options.PasswordCost, _random);
        using var newKeys = await newLock.DeriveAsync(newPassword, _options, cancellationToken).ConfigureAwait(false);
        await ReplaceStorageKeyAsync(newLock, newKeys, _files.KeySlots.Others, root, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a list in place that seals the same storage key.</summary>
    private Task PublishAsync(PasswordKeys keys, IEnumerable<(StoreKeySlotKind, SlotPublicKey)> others, SecretBuffer? root, CancellationToken cancellationToken)
    {
        var slots = _files.KeySlots;
        return _files.PublishAsync(KeySlots.Seal(slots.StoreId, slots.LedgerId, slots.Generation, slots.Lock, keys, others, _files.StorageKey, slots.SealedDataKey, root, _random), cancellationToken);
    }

    /// <summary>Writes everything anew under a new storage key, which the old ones' slots and copies don't open.</summary>
    private async Task ReplaceStorageKeyAsync(PasswordLock newLock, PasswordKeys newKeys, IReadOnlyList<KeySlot> others, SecretBuffer? root, CancellationToken cancellationToken)
    {
        var (commits, nodes) = await ReadAllNodesAsync(cancellationToken).ConfigureAwait(false);
        var contents = ContentsWith([.. nodes.Values, .. commits], root);
        var (keySlots, storageKey, dataKey) = NewKeys(_files.KeySlots.StoreId, _files.KeySlots.Generation + 1, newLock, newKeys, others, contents, _random);
        _ = await ReplaceFilesAsync(keySlots, storageKey, dataKey, contents, null, cancellationToken).ConfigureAwait(false);
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

    private SecretBuffer? OpenRoot(StoreRecoveryKey key)
    {
        using var pair = key.OpenPair();
        using var storageKey = OpenStorageKey(_files.KeySlots, pair, out var root);
        return root;
    }
}
