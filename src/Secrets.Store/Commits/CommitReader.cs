using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>Reads commits from their nodes.</summary>
/// <remarks>Spec: docs/protocol/store.md §3.2, §4.3.</remarks>
internal sealed class CommitReader
{
    private readonly NodeSource _nodes;
    private readonly AuthorCache _authors = new();

    /// <summary>Reads commits whose leaves and chunks are among these nodes.</summary>
    public CommitReader(NodeSource nodes) => _nodes = nodes;

    /// <summary>Reads commits whose leaves and chunks are among these nodes.</summary>
    public CommitReader(IReadOnlyDictionary<Hash256, Node> nodes)
        : this(new NodeSource(nodes))
    {
    }

    /// <summary>Reads a commit that this store has accepted before: its name was checked when its blob was opened, its signature and form on arrival.</summary>
    public CommitError TryReadKept(Node node, out Commit? commit) =>
        node.Kind == NodeKind.Remnant ? ReadRemnant(node, out commit) : Read(node, out commit, out _, out _);

    /// <summary>Reads what is left of a commit from an export: refuses what isn't the one canonical form.</summary>
    public CommitError TryReadRemnant(Node node, [NotNull] out Commit? commit)
    {
        var error = ReadRemnant(node, out commit);
        if (error == CommitError.None && !RemnantWriter.Write(commit!, commit!.Facts, commit.Places!)[^1].Bytes.Span.SequenceEqual(node.Bytes.Span))
            error = CommitError.NotCanonical;
        commit ??= null!;
        return error;
    }

    /// <summary>Reads a commit from outside: refuses what isn't the one canonical form, and a signature that isn't the author's.</summary>
    public CommitError TryRead(Node node, [NotNull] out Commit? commit)
    {
        var error = Read(node, out commit, out var head, out var signature);
        if (error == CommitError.None)
        {
            error = !IsCanonical(node, commit!, head!, signature) ? CommitError.NotCanonical
                : commit!.Part == StorePart.Signed && !IsSigned(node, commit, signature) ? CommitError.BadSignature
                : CommitError.None;
        }
        commit ??= null!;
        return error;
    }

    private static bool IsCanonical(Node node, Commit commit, CommitHead head, Ed25519Signature signature)
    {
        for (var i = 1; i < commit.Facts.Count; i++)
        {
            if (CommitWriter.CompareFacts(commit.Facts[i - 1], commit.Facts[i]) >= 0 || IsSecondOfSingle(commit.Facts[i - 1], commit.Facts[i]))
                return false;
        }
        return CommitWriter.Write(head, commit.Facts, signature)[^1].Bytes.Span.SequenceEqual(node.Bytes.Span);
    }

    private static bool IsSecondOfSingle(Fact previous, Fact fact) =>
        !fact.Attribute.IsSet && fact.Attribute == previous.Attribute && fact.Entity == previous.Entity;

    private static bool IsSigned(Node node, Commit commit, Ed25519Signature signature) =>
        commit.Stamp.Author.Verify(CommitWriter.SignatureInput(node.Bytes.Span[..^Ed25519Signature.Size]).Bytes, signature);

    private CommitError Read(Node node, out Commit? commit, out CommitHead? head, out Ed25519Signature signature)
    {
        commit = null;
        head = null;
        signature = default;
        if (node.Kind != NodeKind.Commit || node.Bytes.IsEmpty)
            return CommitError.Malformed;
        if (node.Bytes.Span[0] != CommitWriter.Version)
            return CommitError.UnknownVersion;
        var reader = new WireReader(node.Bytes.Span[1..]);
        if (!TryReadHead(ref reader, out head) || !TryReadAuthors(ref reader, head.Author, out var authors))
            return CommitError.Malformed;
        var facts = new List<Fact>();
        var error = ReadRoot(ref reader, authors, facts);
        if (error != CommitError.None)
            return error;
        if (head.Part == StorePart.Signed && (!reader.TryReadFixed(Ed25519Signature.Size, out var bytes) || !Ed25519Signature.TryRead(bytes, out signature)))
            return CommitError.Malformed;
        if (!reader.IsAtEnd || facts.Count == 0)
            return CommitError.Malformed;
        foreach (var fact in facts)
        {
            if (fact.Attribute.Part != head.Part)
                return CommitError.Malformed;
        }
        commit = new Commit
        {
            Stamp = new CommitStamp(head.Author, head.Time, node.Name),
            LedgerId = head.LedgerId,
            Part = head.Part,
            Epoch = head.Epoch,
            Parents = head.Parents,
            HeadsSeen = head.HeadsSeen,
            Facts = facts,
        };
        return CommitError.None;
    }

    private CommitError ReadRemnant(Node node, out Commit? commit)
    {
        commit = null;
        if (node.Kind != NodeKind.Remnant || node.Bytes.IsEmpty)
            return CommitError.Malformed;
        if (node.Bytes.Span[0] != RemnantWriter.Version)
            return CommitError.UnknownVersion;
        var reader = new WireReader(node.Bytes.Span[1..]);
        if (!TryReadHash(ref reader, out var name) || !TryReadHead(ref reader, out var head) || head.HeadsSeen.Count > 0
            || !TryReadAuthors(ref reader, head.Author, out var authors) || !TryReadPlaces(ref reader, out var places) || !reader.TryReadUInt16(out var leaves))
            return CommitError.Malformed;
        var facts = new List<Fact>();
        var error = ReadLeaves(ref reader, leaves, new LeafReader(_nodes, authors, facts));
        if (error != CommitError.None)
            return error;
        if (!reader.IsAtEnd || facts.Count != places.Length || facts.Exists(fact => fact.Attribute.Part != head.Part))
            return CommitError.Malformed;
        commit = new Commit
        {
            Stamp = new CommitStamp(head.Author, head.Time, name),
            LedgerId = head.LedgerId,
            Part = head.Part,
            Epoch = head.Epoch,
            Parents = head.Parents,
            HeadsSeen = [],
            Facts = facts,
            Places = places,
        };
        return CommitError.None;
    }

    private static bool TryReadPlaces(ref WireReader reader, out int[] places)
    {
        places = [];
        if (!reader.TryReadUInt16(out var count) || reader.Remaining < count * sizeof(ushort))
            return false;
        places = new int[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt16(out var place) || (i > 0 && place <= places[i - 1]))
                return false;
            places[i] = place;
        }
        return true;
    }

    private bool TryReadHead(ref WireReader reader, [NotNullWhen(true)] out CommitHead? head)
    {
        head = null;
        if (!reader.TryReadByte(out var part) || (StorePart)part is not (StorePart.Signed or StorePart.Unsigned)
            || !TryReadHash(ref reader, out var ledgerId) || !reader.TryReadByte(out var epochSize) || epochSize is not (0 or Hash256.Size))
            return false;
        Hash256 epoch = default;
        if (epochSize != 0 && !TryReadHash(ref reader, out epoch))
            return false;
        if (!reader.TryReadFixed(Ed25519PublicKey.Size, out var authorBytes) || !_authors.TryRead(authorBytes, out var author)
            || !reader.TryReadUInt64(out var time)
            || !TryReadHashes(ref reader, CommitWriter.MaxParents, out var parents)
            || !TryReadHashes(ref reader, CommitWriter.MaxHeadsSeen, out var heads))
            return false;
        head = new CommitHead
        {
            LedgerId = ledgerId,
            Part = (StorePart)part,
            Epoch = epochSize != 0 ? epoch : null,
            Author = author,
            Time = new HybridTime(time),
            Parents = parents,
            HeadsSeen = heads,
        };
        return true;
    }

    private static bool TryReadHash(ref WireReader reader, out Hash256 hash)
    {
        hash = default;
        return reader.TryReadFixed(Hash256.Size, out var bytes) && Hash256.TryRead(bytes, out hash);
    }

    private static bool TryReadHashes(ref WireReader reader, int limit, out Hash256[] hashes)
    {
        hashes = [];
        if (!reader.TryReadByte(out var count) || count > limit || reader.Remaining < count * Hash256.Size)
            return false;
        hashes = new Hash256[count];
        for (var i = 0; i < count; i++)
        {
            _ = TryReadHash(ref reader, out hashes[i]);
            if (i > 0 && hashes[i - 1].CompareTo(hashes[i]) >= 0)
                return false;
        }
        return true;
    }

    private bool TryReadAuthors(ref WireReader reader, Ed25519PublicKey self, out Ed25519PublicKey[] authors)
    {
        authors = [];
        if (!reader.TryReadByte(out var count) || reader.Remaining < count * Ed25519PublicKey.Size)
            return false;
        authors = new Ed25519PublicKey[count + 1];
        authors[0] = self;
        for (var i = 1; i <= count; i++)
        {
            if (!reader.TryReadFixed(Ed25519PublicKey.Size, out var bytes) || !_authors.TryRead(bytes, out authors[i]))
                return false;
        }
        return true;
    }

    private CommitError ReadRoot(ref WireReader reader, Ed25519PublicKey[] authors, List<Fact> facts)
    {
        var leafReader = new LeafReader(_nodes, authors, facts);
        if (!reader.TryReadByte(out var form))
            return CommitError.Malformed;
        if (form == CommitWriter.LeafRoot)
            return reader.TryReadBytes32(Node.MaxSize, out var leaf) ? leafReader.TryRead(leaf) : CommitError.Malformed;
        if (form != CommitWriter.ListRoot || !reader.TryReadUInt16(out var count) || count < 2)
            return CommitError.Malformed;
        return ReadLeaves(ref reader, count, leafReader);
    }

    private CommitError ReadLeaves(ref WireReader reader, int count, LeafReader leafReader)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TryReadHash(ref reader, out var name))
                return CommitError.Malformed;
            if (!_nodes.TryGet(name, NodeKind.Leaf, out var node))
                return CommitError.MissingNode;
            var error = leafReader.TryRead(node.Bytes.Span);
            if (error != CommitError.None)
                return error;
        }
        return CommitError.None;
    }
}
