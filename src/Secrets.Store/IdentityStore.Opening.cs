using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Creating and opening.</content>
public sealed partial class IdentityStore
{
    /// <summary>True if the backend holds a store.</summary>
    public static async Task<bool> ExistsAsync(IStoreBackend backend, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backend);
        var names = await backend.ListAsync(cancellationToken).ConfigureAwait(false);
        return names.Contains(KeySlots.FileName);
    }

    /// <summary>Makes an empty store and opens it; it owns the backend from then on.</summary>
    /// <exception cref="StoreException">There is one already, somebody else has it, or the disk refused.</exception>
    public static Task<IdentityStore> CreateAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Check(backend, options, random, timeProvider);
        var contents = new StoreContents { LedgerId = RandomHash(random) };
        return LockedAsync(backend, mustExist: false, () => CreateLockedAsync(backend, password, contents, options, random, timeProvider, cancellationToken), cancellationToken);
    }

    /// <summary>Opens a store; it owns the backend from then on.</summary>
    /// <exception cref="StoreException">Not found, in use, wrong password, damaged, retired, of a newer version.</exception>
    public static Task<IdentityStore> OpenAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Check(backend, options, random, timeProvider);
        return LockedAsync(backend, mustExist: true, () => OpenLockedAsync(backend, async (_, keySlots) =>
        {
            using var passwordKeys = await keySlots.Lock.DeriveAsync(password, options, cancellationToken).ConfigureAwait(false);
            return OpenStorageKey(keySlots, passwordKeys);
        }, options, random, timeProvider, cancellationToken), cancellationToken);
    }

    /// <summary>Opens a store with a recovery key in place of the password.</summary>
    /// <exception cref="StoreException">As with a password; <see cref="StoreError.WrongKey"/> if the store has no slot for this key.</exception>
    public static Task<IdentityStore> OpenAsync(IStoreBackend backend, StoreRecoveryKey key, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return OpenAsync(backend, key.OpenPair(), options, random, timeProvider, cancellationToken);
    }

    /// <summary>Opens a store with a device's key in place of the password.</summary>
    /// <exception cref="StoreException">As with a password; <see cref="StoreError.WrongKey"/> if the store has no slot for this key.</exception>
    public static Task<IdentityStore> OpenAsync(IStoreBackend backend, StoreDeviceKey key, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return OpenAsync(backend, key.OpenPair(), options, random, timeProvider, cancellationToken);
    }

    private static async Task<IdentityStore> OpenAsync(IStoreBackend backend, SlotKeyPair pair, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using (pair)
        {
            Check(backend, options, random, timeProvider);
            return await LockedAsync(backend, mustExist: true, () => OpenLockedAsync(backend, (_, keySlots) =>
            {
                var storageKey = OpenStorageKey(keySlots, pair, out var root);
                root?.Dispose();
                return ValueTask.FromResult(storageKey);
            }, options, random, timeProvider, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a store with its storage key, as whoever had it open before handed it over; it owns the backend from then on.</summary>
    /// <exception cref="StoreException">As for a password; <see cref="StoreError.WrongKey"/> if it was replaced since.</exception>
    public static Task<IdentityStore> OpenAsync(IStoreBackend backend, SecretBuffer storageKey, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storageKey);
        Check(backend, options, random, timeProvider);
        return LockedAsync(backend, mustExist: true, () => OpenLockedAsync(backend, (bytes, keySlots) =>
        {
            var key = new StorageKey(new SecretBuffer(storageKey.Bytes), keySlots.StoreId);
            if (KeySlots.IsAuthentic(bytes.Span, key))
                return ValueTask.FromResult(key);
            key.Dispose();
            throw new StoreException(StoreError.WrongKey);
        }, options, random, timeProvider, cancellationToken), cancellationToken);
    }

    /// <summary>A copy of the storage key, for whoever goes on with this store after this one; the caller owns it.</summary>
    /// <remarks>As good as the password until the storage key is replaced: it stays in memory, among programs of one person.</remarks>
    public SecretBuffer CopyStorageKey()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        lock (_gate)
            return new SecretBuffer(_files.StorageKey.Bytes);
    }

    private static void Check(IStoreBackend backend, StoreOptions options, RandomSource random, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(timeProvider);
    }

    private static async Task<IdentityStore> LockedAsync(IStoreBackend backend, bool mustExist, Func<Task<IdentityStore>> open, CancellationToken cancellationToken)
    {
        try
        {
            if (mustExist && !await ExistsAsync(backend, cancellationToken).ConfigureAwait(false))
                throw new StoreException(StoreError.NotFound);
            if (!await backend.TryLockAsync(cancellationToken).ConfigureAwait(false))
                throw new StoreException(StoreError.InUse);
            try
            {
                if (await ExistsAsync(backend, cancellationToken).ConfigureAwait(false) != mustExist)
                    throw new StoreException(mustExist ? StoreError.NotFound : StoreError.AlreadyExists);
                return await open().ConfigureAwait(false);
            }
            catch
            {
                await backend.UnlockAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreError.WriteFailed, StoreDamage.None, e);
        }
    }

    private static async Task<IdentityStore> CreateLockedAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, StoreContents contents, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var passwordLock = PasswordLock.Generate(options.PasswordCost, random);
        using var passwordKeys = await passwordLock.DeriveAsync(password, options, cancellationToken).ConfigureAwait(false);
        var storeId = RandomHash(random);
        var (keySlots, storageKey, dataKey) = NewKeys(storeId, 1, passwordLock, passwordKeys, [], contents, random);
        var files = await WriteGenerationAsync(backend, null, keySlots, storageKey, dataKey, contents, random, timeProvider, cancellationToken).ConfigureAwait(false);
        var loaded = new LoadedStore();
        loaded.Commits.AddRange(contents.Commits);
        return new IdentityStore(backend, files, loaded, options, random, timeProvider);
    }

    /// <summary>A new storage key and the list of slots that it is sealed in. Once something was purged, the data files have a key of their own.</summary>
    private static (KeySlots Slots, StorageKey StorageKey, StorageKey DataKey) NewKeys(in Hash256 storeId, uint generation, PasswordLock passwordLock, PasswordKeys passwordKeys, IReadOnlyList<KeySlot> others, StoreContents contents, RandomSource random)
    {
        var storageKey = StorageKey.Generate(random, storeId);
        // a remnant isn't known to a program that reads version 1 alone
        var hasRemnants = contents.Nodes.Any(node => node.Kind == NodeKind.Remnant);
        var dataKey = hasRemnants ? StorageKey.Generate(random, storeId) : new StorageKey(new SecretBuffer(storageKey.Bytes), storeId);
        var sealedDataKey = hasRemnants ? (ReadOnlyMemory<byte>)KeySlots.SealDataKey(storeId, generation, storageKey, dataKey, random) : default;
        return (KeySlots.Seal(storeId, contents.LedgerId, generation, passwordLock, passwordKeys, PublicKeys(others), storageKey, sealedDataKey, contents.BackupRoot, random), storageKey, dataKey);
    }

    /// <summary>Writes the files of a generation and makes it the one that holds, in place of the current one.</summary>
    private static async Task<StoreFiles> WriteGenerationAsync(IStoreBackend backend, StoreFiles? current, KeySlots keySlots, StorageKey storageKey, StorageKey dataKey, StoreContents contents, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var files = new StoreFiles(backend, keySlots, storageKey, dataKey, random, timeProvider);
        try
        {
            await files.WriteGenerationAsync(contents.Nodes, contents.Slots, contents.SlotClock, contents.SignedHead, contents.UnsignedHead, cancellationToken).ConfigureAwait(false);
            await files.PublishAsync(keySlots, cancellationToken).ConfigureAwait(false);
            return files;
        }
        catch
        {
            // a refused rename may have happened: then the new files are the ones that count, and the old ones take nothing more
            if (await files.MayBePublishedAsync().ConfigureAwait(false))
                current?.Fault();
            else
                await files.RemoveAsync().ConfigureAwait(false);
            files.Dispose();
            throw;
        }
    }

    private static async Task<IdentityStore> OpenLockedAsync(IStoreBackend backend, Func<ReadOnlyMemory<byte>, KeySlots, ValueTask<StorageKey>> unlock, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var bytes = await backend.ReadAsync(KeySlots.FileName, cancellationToken).ConfigureAwait(false) ?? default;
        var error = KeySlots.TryRead(bytes.Span, out var keySlots);
        if (error != StoreError.None)
            throw new StoreException(error, error == StoreError.Damaged ? StoreDamage.KeySlots : StoreDamage.None);
        var storageKey = await unlock(bytes, keySlots!).ConfigureAwait(false);
        if (!KeySlots.IsAuthentic(bytes.Span, storageKey) || keySlots!.OpenDataKey(storageKey) is not { } dataKey)
        {
            storageKey.Dispose();
            throw new StoreException(StoreError.Damaged, StoreDamage.KeySlots);
        }
        var files = new StoreFiles(backend, keySlots, storageKey, dataKey, random, timeProvider);
        try
        {
            var loaded = await files.LoadAsync(cancellationToken).ConfigureAwait(false);
            if (loaded.Damage.Count > 0 && !options.ReadOnlyIfDamaged)
                throw new StoreException(loaded.Damage.Contains(StoreDamage.HeaderRolledBack) ? StoreError.RolledBack : StoreError.Damaged, loaded.Damage[0]);
            if (loaded.IsRetired && !options.OpenRetired)
                throw new StoreException(StoreError.Retired);
            if (loaded.Damage.Count == 0 && !loaded.IsRetired)
                await TidyAsync(files, loaded, options, timeProvider, cancellationToken).ConfigureAwait(false);
            return new IdentityStore(backend, files, loaded, options, random, timeProvider);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>After a crash: cuts a torn end, ends a purge that was begun, removes a password change's leavings; and the daily purge.</summary>
    private static async Task TidyAsync(StoreFiles files, LoadedStore loaded, StoreOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        await files.CutTornEndAsync(loaded.TornEnd, cancellationToken).ConfigureAwait(false);
        var age = timeProvider.GetUtcNow() - files.PurgedAt;
        // a clock that went back must not keep a key for ever
        if (loaded.NeedsPurge || age >= options.PurgeInterval || age < TimeSpan.Zero)
            await files.PurgeSlotsAsync().ConfigureAwait(false);
        else
            await files.FlushHeaderAsync().ConfigureAwait(false);
        await files.RemoveOtherGenerationsAsync(cancellationToken).ConfigureAwait(false);
    }

    private static StorageKey OpenStorageKey(KeySlots keySlots, PasswordKeys passwordKeys)
    {
        using var slotKey = passwordKeys.Derive(Labels.PasswordSlotKey);
        var key = Sealed.Open(keySlots.SealedKey.Span, KeySlots.SlotContext(keySlots.StoreId, keySlots.Lock, keySlots.Others), slotKey);
        return key is null ? throw new StoreException(StoreError.WrongPassword) : new StorageKey(key, keySlots.StoreId);
    }

    private static StorageKey OpenStorageKey(KeySlots keySlots, SlotKeyPair pair, out SecretBuffer? root)
    {
        var wanted = KeySlot.SlotOf(pair.Kind, pair.PublicKey);
        var slot = keySlots.Others.FirstOrDefault(slot => slot.Slot == wanted) ?? throw new StoreException(StoreError.WrongKey);
        return slot.TryOpen(pair, keySlots.StoreId, out var key, out root)
            ? new StorageKey(key, keySlots.StoreId)
            : throw new StoreException(StoreError.Damaged, StoreDamage.KeySlots);
    }

    private static Hash256 RandomHash(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        random.Fill(bytes);
        _ = Hash256.TryRead(bytes, out var hash);
        return hash;
    }
}
