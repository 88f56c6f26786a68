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
        return LockedAsync(backend, mustExist: true, () => OpenLockedAsync(backend, password, options, random, timeProvider, cancellationToken), cancellationToken);
    }

    /// <summary>Opens a store with its storage key, as whoever had it open before handed it over; it owns the backend from then on.</summary>
    /// <exception cref="StoreException">As for a password; the wrong password stands for a key that no longer holds.</exception>
    public static Task<IdentityStore> OpenAsync(IStoreBackend backend, SecretBuffer storageKey, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storageKey);
        Check(backend, options, random, timeProvider);
        return LockedAsync(
            backend,
            mustExist: true,
            async () =>
            {
                var (bytes, keySlots) = await ReadKeySlotsAsync(backend, cancellationToken).ConfigureAwait(false);
                var key = new StorageKey(new SecretBuffer(storageKey.Bytes), keySlots.StoreId);
                if (!KeySlots.IsAuthentic(bytes.Span, key))
                {
                    key.Dispose();
                    throw new StoreException(StoreError.WrongPassword);
                }
                return await OpenWithAsync(backend, bytes, keySlots, key, options, random, timeProvider, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <summary>A copy of the storage key, for whoever goes on with this store after this one; the caller owns it.</summary>
    /// <remarks>As good as the password until the storage key is replaced: it stays in memory, among programs of one person.</remarks>
    public SecretBuffer CopyStorageKey()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        lock (_gate)
            return _files.CopyStorageKey();
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
        var files = await WriteGenerationAsync(backend, RandomHash(random), generation: 1, passwordLock, passwordKeys, contents, random, timeProvider, cancellationToken).ConfigureAwait(false);
        var loaded = new LoadedStore();
        loaded.Commits.AddRange(contents.Commits);
        return new IdentityStore(backend, files, loaded, options, random, timeProvider);
    }

    /// <summary>Writes the files of a generation under a new storage key and makes it the one that holds.</summary>
    private static async Task<StoreFiles> WriteGenerationAsync(IStoreBackend backend, Hash256 storeId, uint generation, PasswordLock passwordLock, PasswordKeys passwordKeys, StoreContents contents, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var storageKey = StorageKey.Generate(random, storeId);
        using var slotKey = passwordKeys.Derive(Labels.PasswordSlotKey);
        using var rootKey = passwordKeys.Derive(Labels.BackupRootKey);
        var keySlots = new KeySlots
        {
            StoreId = storeId,
            LedgerId = contents.LedgerId,
            Generation = generation,
            Lock = passwordLock,
            SealedKey = Sealed.Seal(storageKey.Bytes, KeySlots.SlotContext(storeId, passwordLock), slotKey, random),
            SealedBackupRoot = contents.BackupRoot is null ? default : (ReadOnlyMemory<byte>)Sealed.Seal(contents.BackupRoot.Bytes, KeySlots.RootContext(contents.LedgerId, passwordLock), rootKey, random),
        };
        var files = new StoreFiles(backend, keySlots, storageKey, random, timeProvider);
        try
        {
            await files.WriteGenerationAsync(contents.Nodes, contents.Slots, contents.SlotClock, contents.SignedHead, contents.UnsignedHead, cancellationToken).ConfigureAwait(false);
            await files.PublishAsync(keySlots, cancellationToken).ConfigureAwait(false);
            return files;
        }
        catch
        {
            await files.RemoveAsync().ConfigureAwait(false);
            files.Dispose();
            throw;
        }
    }

    private static async Task<IdentityStore> OpenLockedAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var (bytes, keySlots) = await ReadKeySlotsAsync(backend, cancellationToken).ConfigureAwait(false);
        using var passwordKeys = await keySlots.Lock.DeriveAsync(password, options, cancellationToken).ConfigureAwait(false);
        return await OpenWithAsync(backend, bytes, keySlots, OpenStorageKey(keySlots, passwordKeys), options, random, timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(ReadOnlyMemory<byte> Bytes, KeySlots KeySlots)> ReadKeySlotsAsync(IStoreBackend backend, CancellationToken cancellationToken)
    {
        var bytes = await backend.ReadAsync(KeySlots.FileName, cancellationToken).ConfigureAwait(false) ?? default;
        var error = KeySlots.TryRead(bytes.Span, out var keySlots);
        return error == StoreError.None ? (bytes, keySlots!) : throw new StoreException(error, error == StoreError.Damaged ? StoreDamage.KeySlots : StoreDamage.None);
    }

    /// <summary>Opens with a storage key, which the store owns from then on.</summary>
    private static async Task<IdentityStore> OpenWithAsync(IStoreBackend backend, ReadOnlyMemory<byte> bytes, KeySlots keySlots, StorageKey storageKey, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var files = new StoreFiles(backend, keySlots, storageKey, random, timeProvider);
        try
        {
            if (!KeySlots.IsAuthentic(bytes.Span, storageKey))
                throw new StoreException(StoreError.Damaged, StoreDamage.KeySlots);
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
            await files.PurgeAsync().ConfigureAwait(false);
        else
            await files.FlushHeaderAsync().ConfigureAwait(false);
        await files.RemoveOtherGenerationsAsync(cancellationToken).ConfigureAwait(false);
    }

    private static StorageKey OpenStorageKey(KeySlots keySlots, PasswordKeys passwordKeys)
    {
        using var slotKey = passwordKeys.Derive(Labels.PasswordSlotKey);
        var key = Sealed.Open(keySlots.SealedKey.Span, KeySlots.SlotContext(keySlots.StoreId, keySlots.Lock), slotKey);
        return key is null ? throw new StoreException(StoreError.WrongPassword) : new StorageKey(key, keySlots.StoreId);
    }

    private static Hash256 RandomHash(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        random.Fill(bytes);
        _ = Hash256.TryRead(bytes, out var hash);
        return hash;
    }
}
