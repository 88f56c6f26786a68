using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>What an export file held, checked: every commit canonical, signed, upon its parents.</summary>
internal sealed class ImportedContents : IDisposable
{
    private ImportedContents(StoreContents store) => Store = store;

    public StoreContents Store { get; }

    /// <summary>Reads the content of a file; null if anything of it is wrong.</summary>
    public static ImportedContents? TryRead(ReadOnlySpan<byte> content, bool mayHaveRemnants, PasswordLock passwordLock, PasswordKeys keys)
    {
        if (!BinaryPrimitives.TryReadUInt64BigEndian(content, out var length))
            return null;
        if (length < sizeof(ulong) || length > (ulong)content.Length || ExportFile.PaddedSize((long)length) != content.Length || content[(int)length..].ContainsAnyExcept((byte)0))
            return null;
        var reader = new WireReader(content[sizeof(ulong)..(int)length]);
        if (!reader.TryReadFixed(Hash256.Size, out var ledgerBytes) || !reader.TryReadBytes16(KeySlots.MaxBackupRootSize + Sealed.Overhead, out var sealedRoot)
            || !reader.TryReadFixed(reader.Remaining, out var bundle) || !NodeBundle.TryRead(bundle.ToArray(), mayHaveRemnants, out var nodes))
            return null;
        _ = Hash256.TryRead(ledgerBytes, out var ledgerId);
        if (!TryReadCommits(nodes, ledgerId, out var commits, out var signedHead, out var unsignedHead))
            return null;
        SecretBuffer? root = null;
        if (!sealedRoot.IsEmpty)
        {
            using var rootKey = keys.Derive(Labels.BackupRootKey);
            root = Sealed.Open(sealedRoot, KeySlots.RootContext(ledgerId, passwordLock), rootKey);
            if (root is null)
                return null;
        }
        return new ImportedContents(new StoreContents { LedgerId = ledgerId, Nodes = nodes, Commits = commits, SignedHead = signedHead, UnsignedHead = unsignedHead, BackupRoot = root });
    }

    public void Dispose() => Store.Dispose();

    private static bool TryReadCommits(List<Node> nodes, Hash256 ledgerId, out List<Commit> commits, out Hash256 signedHead, out Hash256 unsignedHead)
    {
        commits = [];
        (signedHead, unsignedHead) = (default, default);
        var others = new Dictionary<Hash256, Node>();
        foreach (var node in nodes.Where(node => !node.IsCommit))
            others[node.Name] = node;
        var reader = new CommitReader(others);
        foreach (var node in nodes.Where(node => node.IsCommit))
        {
            Commit? commit;
            var error = node.Kind == NodeKind.Remnant ? reader.TryReadRemnant(node, out commit) : reader.TryRead(node, out commit);
            if (error != CommitError.None || commit.LedgerId != ledgerId)
                return false;
            commits.Add(commit);
        }
        commits.Sort((left, right) => left.Stamp.CompareTo(right.Stamp));
        var times = new Dictionary<Hash256, HybridTime>();
        foreach (var commit in commits)
        {
            if (!commit.Parents.All(parent => times.TryGetValue(parent, out var time) && time < commit.Stamp.Time) || !times.TryAdd(commit.Stamp.Name, commit.Stamp.Time))
                return false;
            if (commit.Part == StorePart.Signed)
                signedHead = commit.Stamp.Name;
            else
                unsignedHead = commit.Stamp.Name;
        }
        return true;
    }
}
