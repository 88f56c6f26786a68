using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Taking facts out of the history.</content>
public sealed partial class IdentityStore
{
    /// <summary>Takes entities out of the store and of its history: everything ever said about them, and every value that refers to them.</summary>
    /// <remarks>See <see cref="PurgeAsync(StorePurge, CancellationToken)"/>; <see cref="FactView.Referrers"/> finds what belongs to an entity.</remarks>
    public Task<int> PurgeAsync(IReadOnlyCollection<EntityId> entities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var purge = new StorePurge();
        foreach (var entity in entities)
            purge.RemoveEntity(entity);
        return PurgeAsync(purge, cancellationToken);
    }

    /// <summary>Takes facts out of the store and of its history. All files are written anew under a new key, and the old ones removed.</summary>
    /// <returns>How many commits lost something; if none did, nothing was written.</returns>
    /// <remarks>Transactions that were committed before are purged too; one that is committed at the same time comes before or after. Other devices and earlier exports keep what they have.</remarks>
    /// <exception cref="StoreException">The disk refused: then nothing was changed, but for <see cref="StoreError.NotErased"/>.</exception>
    public async Task<int> PurgeAsync(StorePurge purge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(purge);
        var (count, isErased) = await ExclusivelyAsync(() => PurgeLockedAsync(purge, cancellationToken), cancellationToken).ConfigureAwait(false);
        return isErased ? count : throw new StoreException(StoreError.NotErased);
    }

    private async Task<(int Count, bool IsErased)> PurgeLockedAsync(StorePurge purge, CancellationToken cancellationToken)
    {
        var (commits, nodes) = await ReadAllNodesAsync(cancellationToken).ConfigureAwait(false);
        var gone = Facts.Find(purge);
        var reader = new CommitReader(nodes);
        var kept = new List<Node>(commits.Count);
        var count = 0;
        foreach (var node in commits)
        {
            if (reader.TryReadKept(node, out var commit) != CommitError.None)
                throw new StoreException(StoreError.Damaged, StoreDamage.Commit);
            var (facts, places) = Rest(commit!, purge, gone);
            if (facts is null)
            {
                kept.Add(node);
                continue;
            }
            var remnant = RemnantWriter.Write(commit!, facts, places);
            foreach (var part in remnant.SkipLast(1))
                nodes[part.Name] = part;
            kept.Add(remnant[^1]);
            count++;
        }
        if (count == 0)
            return (0, true);
        // leaves and chunks that only purged facts named are left out
        var contents = ContentsWith(NodeSource.WithAllNamed(nodes, kept), null);
        var storageKey = new StorageKey(new SecretBuffer(_files.StorageKey.Bytes), _files.KeySlots.StoreId);
        var dataKey = StorageKey.Generate(_random, _files.KeySlots.StoreId);
        var keySlots = _files.KeySlots.WithDataKey(storageKey, dataKey, _random);
        return (count, await ReplaceFilesAsync(keySlots, storageKey, dataKey, contents, purge, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What a purge leaves of a commit, each fact with its place; null if it takes nothing.</summary>
    private static (List<Fact>? Facts, List<int> Places) Rest(Commit commit, StorePurge purge, HashSet<(Hash256, int)> gone)
    {
        var facts = new List<Fact>(commit.Facts.Count);
        var places = new List<int>(commit.Facts.Count);
        var isTouched = false;
        for (var i = 0; i < commit.Facts.Count; i++)
        {
            var fact = commit.Facts[i];
            var isGone = purge.Takes(fact.Entity) || gone.Contains((commit.Stamp.Name, commit.PlaceOf(i)));
            isTouched |= isGone;
            if (isGone && !purge.Takes(fact.Entity) && fact.Superseded.Count > 0)
                fact = new Fact(fact.Entity, fact.Attribute, null, fact.Superseded); // what it had replaced must not hold again
            else if (isGone)
                continue;
            facts.Add(fact);
            places.Add(commit.PlaceOf(i));
        }
        return (isTouched ? facts : null, places);
    }

    /// <summary>All nodes of a store that is whole.</summary>
    private async Task<(List<Node> Commits, Dictionary<Hash256, Node> Others)> ReadAllNodesAsync(CancellationToken cancellationToken)
    {
        var (commits, others) = await _files.ReadNodesAsync(mustBeWhole: true, cancellationToken).ConfigureAwait(false);
        return commits.Count == CommitCount ? (commits, others) : throw new StoreException(StoreError.Damaged, StoreDamage.Commit);
    }

    /// <summary>The store as it is, with these nodes.</summary>
    private StoreContents ContentsWith(IReadOnlyCollection<Node> nodes, SecretBuffer? root) => new()
    {
        LedgerId = LedgerId,
        Nodes = nodes,
        Slots = [.. _files.Slots.Entries.Select(entry => new SlotWrite(entry.Id, _files.Slots.Copy(entry.Id)))],
        SlotClock = _files.Slots.Clock,
        SignedHead = _files.SignedHead,
        UnsignedHead = _files.UnsignedHead,
        BackupRoot = root,
    };

    /// <summary>Puts a new generation of files in place of the current one; false if the disk refused to remove the old.</summary>
    private async Task<bool> ReplaceFilesAsync(KeySlots keySlots, StorageKey storageKey, StorageKey dataKey, StoreContents contents, StorePurge? purge, CancellationToken cancellationToken)
    {
        var old = _files;
        var fresh = await WriteGenerationAsync(_backend, old, keySlots, storageKey, dataKey, contents, _random, _timeProvider, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _files = fresh;
            if (purge is not null)
                Facts.Remove(purge);
            old.Dispose();
        }
        return await old.RemoveAsync().ConfigureAwait(false);
    }
}
