using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The append-only encrypted store of one identity: facts in commits, and slots that can be forgotten.</summary>
/// <remarks>Spec: docs/protocol/store.md. Transactions may run concurrently; opening, password changes, purge and export take turns.</remarks>
public sealed class IdentityStore : IAsyncDisposable
{
    private IdentityStore()
    {
    }

    /// <summary>The facts that hold now.</summary>
    public FactView Facts => throw new NotSupportedException();

    /// <summary>True if the store was opened for reading only: damaged or retired.</summary>
    public bool IsReadOnly => throw new NotSupportedException();

    /// <summary>True if the store was moved to another place.</summary>
    public bool IsRetired => throw new NotSupportedException();

    /// <summary>What is damaged; empty in a sound store.</summary>
    public IReadOnlyList<StoreDamage> Damage => throw new NotSupportedException();

    /// <summary>The id that this identity's commits carry, in every copy of it.</summary>
    public Hash256 LedgerId => throw new NotSupportedException();

    /// <summary>The slots that hold something, in order.</summary>
    public IReadOnlyList<SlotId> Slots => throw new NotSupportedException();

    /// <summary>True if the backend holds a store.</summary>
    public static Task<bool> ExistsAsync(IStoreBackend backend, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Makes an empty store and opens it; it owns the backend from then on.</summary>
    /// <exception cref="StoreException">There is one already, somebody else has it, or the disk refused.</exception>
    public static Task<IdentityStore> CreateAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Opens a store; it owns the backend from then on.</summary>
    /// <exception cref="StoreException">Not found, in use, wrong password, damaged, rolled back, retired, of a newer version.</exception>
    public static Task<IdentityStore> OpenAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Makes a store from an exported file: facts and backup root, no slots. The client makes a new device.</summary>
    /// <exception cref="StoreException">Not such a file, wrong password, damaged, of a newer version; or as for creating.</exception>
    public static Task<IdentityStore> ImportAsync(Stream source, ReadOnlyMemory<byte> filePassword, IStoreBackend backend, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Names the device that writes from now on; its key signs the signed part. The caller keeps and wipes the key.</summary>
    public void UseDevice(Ed25519PrivateKey deviceKey) => throw new NotSupportedException();

    /// <summary>Starts a transaction.</summary>
    public StoreTransaction Begin() => throw new NotSupportedException();

    /// <summary>A copy of a slot's current version, which the caller owns; false if it is empty, and always when read-only.</summary>
    public bool TryGetSlot(SlotId slot, [NotNullWhen(true)] out SecretBuffer? value) => throw new NotSupportedException();

    /// <summary>Replaces the key that all slots hang on, so that earlier versions and erased slots can't be opened again.</summary>
    public Task PurgeSlotsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Erases all slots and marks the store as moved, in one transaction; it is read-only from then on.</summary>
    public Task EraseSlotsAndRetireAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Changes the password; the storage key is replaced with it and everything encrypted anew.</summary>
    /// <exception cref="StoreException">The old password is wrong, or the disk refused: then the old one holds.</exception>
    public Task ChangePasswordAsync(ReadOnlyMemory<byte> oldPassword, ReadOnlyMemory<byte> newPassword, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Seals the backup root directly under the password, so that an unlocked store alone doesn't give it away.</summary>
    /// <exception cref="StoreException">The password is wrong, or the disk refused.</exception>
    public Task SetBackupRootAsync(ReadOnlyMemory<byte> password, SecretBuffer root, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Opens the backup root; null if none was set. The caller owns it.</summary>
    /// <exception cref="StoreException">The password is wrong.</exception>
    public Task<SecretBuffer?> OpenBackupRootAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Writes all facts and the backup root, encrypted under the password, into one file. Never a slot.</summary>
    /// <exception cref="StoreException">The password is wrong.</exception>
    public Task ExportAsync(Stream destination, ReadOnlyMemory<byte> password, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Flushes, wipes all secrets in memory, gives the store free and closes the backend.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
