using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The append-only encrypted store of one identity: facts in commits, and slots that can be forgotten.</summary>
/// <remarks>
/// Spec: docs/protocol/store.md. Any thread may read and commit; purge, password changes and export take turns with commits.
/// </remarks>
public sealed partial class IdentityStore : IAsyncDisposable
{
    private readonly IStoreBackend _backend;
    private readonly StoreOptions _options;
    private readonly RandomSource _random;
    private readonly TimeProvider _timeProvider;
    private readonly List<StoreDamage> _damage;

    // _gate guards what is in memory and is held for short; _io is held by whoever uses the backend
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _io = new(1, 1);
    private StoreFiles _files;
    private CommitGraph _durable = new();
    private CommitGraph _next = new();
    private Ed25519PrivateKey? _deviceKey;
    private bool _isRetired;
    private bool _isDisposed;

    private IdentityStore(IStoreBackend backend, StoreFiles files, LoadedStore loaded, StoreOptions options, RandomSource random, TimeProvider timeProvider)
    {
        _backend = backend;
        _files = files;
        _options = options;
        _random = random;
        _timeProvider = timeProvider;
        _damage = loaded.Damage;
        _isRetired = loaded.IsRetired;
        foreach (var commit in loaded.Commits)
        {
            Facts.Apply(commit);
            _durable.Add(commit);
            _next.Add(commit);
        }
    }

    /// <summary>The facts that hold now.</summary>
    public FactView Facts { get; } = new();

    /// <summary>True if nothing can be written: damaged, retired, or the disk failed.</summary>
    public bool IsReadOnly => _damage.Count > 0 || _isRetired || _files.IsFaulted;

    /// <summary>True if the store was moved to another place.</summary>
    public bool IsRetired => _isRetired;

    /// <summary>What is damaged; empty in a sound store.</summary>
    public IReadOnlyList<StoreDamage> Damage => _damage;

    /// <summary>The id that this identity's commits carry, in every copy of it.</summary>
    public Hash256 LedgerId => _files.KeySlots.LedgerId;

    /// <summary>How many commits there are.</summary>
    public int CommitCount
    {
        get
        {
            lock (_gate)
                return _durable.Count;
        }
    }

    /// <summary>The slots that hold something, in order.</summary>
    public IReadOnlyList<SlotId> Slots
    {
        get
        {
            lock (_gate)
                return IsReadOnly ? [] : [.. _files.Slots.Entries.Select(entry => entry.Id)];
        }
    }

    /// <summary>The commits of a part that nothing builds on yet, in order.</summary>
    public IReadOnlyList<Hash256> Heads(StorePart part)
    {
        lock (_gate)
            return _durable.Heads(part);
    }

    /// <summary>Names the device that writes from now on; its key signs the signed part. The caller keeps and wipes the key.</summary>
    public void UseDevice(Ed25519PrivateKey deviceKey)
    {
        ArgumentNullException.ThrowIfNull(deviceKey);
        lock (_gate)
            _deviceKey = deviceKey;
    }

    /// <summary>Starts a transaction.</summary>
    public StoreTransaction Begin()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new StoreTransaction(this);
    }

    /// <summary>A copy of a slot's current version, which the caller owns; false if it is empty, and always when read-only.</summary>
    /// <remarks>What can't be written back must not be used: a ratchet read from a damaged store would use keys twice.</remarks>
    public bool TryGetSlot(SlotId slot, [NotNullWhen(true)] out SecretBuffer? value)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        lock (_gate)
            value = IsReadOnly ? null : _files.Slots.Copy(slot);
        return value is not null;
    }

    /// <summary>Waits for what is being written, wipes all secrets in memory, gives the store free and closes the backend.</summary>
    public async ValueTask DisposeAsync()
    {
        Task flushing;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            flushing = _flushing;
        }
        await flushing.ConfigureAwait(false);
        await _io.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!IsReadOnly)
                await _files.FlushHeaderAsync().ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // everything acknowledged is in the log; the next opening writes the header
        }
        Facts.Wipe();
        _files.Dispose();
        await _backend.UnlockAsync().ConfigureAwait(false);
        await _backend.DisposeAsync().ConfigureAwait(false);
        _io.Dispose();
    }
}
