using Secrets.Crypto;

namespace Secrets.Store;

/// <content>Export, import, and merging commits of other devices.</content>
public sealed partial class IdentityStore
{
    private const int MaxWaiting = 10_000;

    /// <summary>Commits further ahead of the clock than this are held back, or one writer in the year 9999 would win every merge.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromHours(24);

    /// <summary>Makes a store from an exported file: facts and backup root, no slots. The client makes a new device.</summary>
    /// <exception cref="StoreException">Not such a file, wrong password, damaged, of a newer version; or as for creating.</exception>
    public static async Task<IdentityStore> ImportAsync(Stream source, ReadOnlyMemory<byte> filePassword, IStoreBackend backend, ReadOnlyMemory<byte> password, StoreOptions options, RandomSource random, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        Check(backend, options, random, timeProvider);
        using var contents = await ExportFile.ReadAsync(source, filePassword, options, cancellationToken).ConfigureAwait(false);
        return await LockedAsync(backend, mustExist: false, () => CreateLockedAsync(backend, password, contents.Store, options, random, timeProvider, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes all facts and the backup root, encrypted under the store's password, into one file. Never a slot.</summary>
    /// <remarks>Possible from a retired store too; from a damaged one it is refused.</remarks>
    /// <exception cref="StoreException">The password is wrong, or the store is damaged.</exception>
    public async Task ExportAsync(Stream destination, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _io.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_damage.Count > 0)
                throw new StoreException(StoreError.Damaged, _damage[0]);
            using var keys = await UnlockAsync(password, cancellationToken).ConfigureAwait(false);
            using var root = OpenRoot(keys);
            var (commits, others) = await ReadAllNodesAsync(cancellationToken).ConfigureAwait(false);
            await ExportFile.WriteAsync(destination, LedgerId, [.. others.Values, .. commits], root, password, _options, _random, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _io.Release();
        }
    }

    /// <summary>The nodes of all commits that aren't in <paramref name="known"/>, as one bundle for another device of the same ledger.</summary>
    /// <remarks>In the clear: it travels inside a session. What is left of purged commits isn't in it. Spec: docs/protocol/store.md §3.9.</remarks>
    public async Task<ReadOnlyMemory<byte>> ReadBundleAsync(IReadOnlySet<Hash256> known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _io.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (commits, others) = await _files.ReadNodesAsync(mustBeWhole: false, cancellationToken).ConfigureAwait(false);
            var wanted = commits.Where(node => node.Kind == NodeKind.Commit && !known.Contains(node.Name)).ToList();
            return NodeBundle.Write(NodeSource.WithAllNamed(others, wanted));
        }
        finally
        {
            _io.Release();
        }
    }

    /// <summary>Takes in commits of other devices: canonical, rightly signed, of this ledger, later than their parents. Durable when it returns.</summary>
    /// <remarks>A commit whose parents aren't there yet or whose time is more than 24 hours ahead isn't kept: it comes again with a later bundle.</remarks>
    /// <exception cref="StoreException">Refused by the disk or opened for reading only.</exception>
    public async Task<MergeResult> MergeAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = new MergeResult();
        if (!NodeBundle.TryRead(bundle, mayHaveRemnants: false, out var nodes))
        {
            result.Count(CommitError.Malformed);
            return result;
        }
        var others = nodes.Where(node => node.Kind != NodeKind.Commit).DistinctBy(node => node.Name).ToDictionary(node => node.Name);
        var reader = new CommitReader(others);
        var read = new List<(Commit Commit, Node Node)>();
        foreach (var node in nodes.Where(node => node.Kind == NodeKind.Commit).Take(MaxWaiting))
        {
            var error = reader.TryRead(node, out var commit);
            if (error == CommitError.None)
                read.Add((commit, node));
            else
                result.Count(error);
        }
        read.Sort((left, right) => left.Commit.Stamp.CompareTo(right.Commit.Stamp));
        PendingCommit? pending = null;
        lock (_gate)
        {
            ThrowIfNotWritable();
            var accepted = read.Where(item => IsAcceptable(item.Commit, result)).ToList();
            if (accepted.Count > 0)
            {
                var kept = NodeSource.WithAllNamed(others, accepted.ConvertAll(item => item.Node));
                pending = new PendingCommit { Nodes = kept, Commits = accepted.ConvertAll(item => item.Commit), Slots = [] };
                Enqueue(pending);
            }
        }
        if (pending is not null)
            await pending.Completion.ConfigureAwait(false);
        return result;
    }

    private bool IsAcceptable(Commit commit, MergeResult result)
    {
        if (_next.Contains(commit.Stamp.Name))
            return false;
        var error = commit.LedgerId != LedgerId ? CommitError.OtherLedger
            : commit.Stamp.Time > HybridTime.Of(_timeProvider.GetUtcNow() + MaxAhead) ? CommitError.AheadOfTime
            : !commit.Parents.All(_next.Contains) ? CommitError.MissingParent
            : commit.Parents.Any(parent => _next.TimeOf(parent) >= commit.Stamp.Time) ? CommitError.TimeGoesBack
            : CommitError.None;
        result.Count(error);
        if (error == CommitError.None)
            _next.Add(commit);
        return error == CommitError.None;
    }
}
