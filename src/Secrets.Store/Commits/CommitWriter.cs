using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Writes a commit's nodes: chunks of long values, leaves of facts, and the commit itself, in canonical bytes.</summary>
/// <remarks>One list of facts gives one tree, in whatever order they were added. Spec: docs/protocol/store.md §3.2.</remarks>
internal static class CommitWriter
{
    public const byte Version = 1;
    public const int MaxLeafSize = 16 * 1024;
    public const int MaxInlineValueSize = 1024;
    public const int ChunkSize = 32 * 1024;
    public const int MaxParents = 16;
    public const int MaxHeadsSeen = 64;
    public const int MaxAuthors = byte.MaxValue;
    public const int MaxFacts = ushort.MaxValue;
    public const int MaxChunkedSize = 16 * 1024 * 1024;
    public const byte AssertOperation = 1;
    public const byte RetractOperation = 2;
    public const byte LeafRoot = 1;
    public const byte ListRoot = 2;

    /// <summary>Sorts the facts into canonical order.</summary>
    public static Fact[] Sort(IEnumerable<Fact> facts)
    {
        var sorted = facts.ToArray();
        Array.Sort(sorted, CompareFacts);
        return sorted;
    }

    /// <summary>The nodes of a commit over sorted facts, the commit last. Signed with the key if it is of the signed part.</summary>
    public static List<Node> Write(CommitHead head, IReadOnlyList<Fact> sorted, Ed25519PrivateKey? key) =>
        Write(head, sorted, part => key!.Sign(SignatureInput(part).Bytes));

    /// <summary>As above with a signature that exists, to see whether bytes from outside are canonical.</summary>
    public static List<Node> Write(CommitHead head, IReadOnlyList<Fact> sorted, Ed25519Signature signature) =>
        Write(head, sorted, _ => signature);

    /// <summary>What a signature is over.</summary>
    public static Hash256 SignatureInput(ReadOnlySpan<byte> commitWithoutSignature) =>
        LabelledHash.Start(Labels.CommitSignature).Add(commitWithoutSignature).Finish();

    /// <summary>The canonical order of facts: entity, attribute, asserts before the retract, value.</summary>
    public static int CompareFacts(Fact left, Fact right)
    {
        var byEntity = left.Entity.CompareTo(right.Entity);
        if (byEntity != 0)
            return byEntity;
        var byAttribute = left.Attribute.CompareTo(right.Attribute);
        if (byAttribute != 0)
            return byAttribute;
        if (left.Value is null || right.Value is null)
            return (left.Value is null ? 1 : 0) - (right.Value is null ? 1 : 0);
        return CompareValues(left.Value, right.Value);
    }

    /// <summary>The canonical order of values: kind, type referred to, bytes.</summary>
    public static int CompareValues(FactValue left, FactValue right)
    {
        var byKind = left.Kind.CompareTo(right.Kind);
        if (byKind != 0)
            return byKind;
        var byType = left.Kind == FactKind.Reference ? left.ReferenceType.CompareTo(right.ReferenceType) : 0;
        return byType != 0 ? byType : left.Encoded.SequenceCompareTo(right.Encoded);
    }

    private delegate Ed25519Signature Signer(ReadOnlySpan<byte> commitWithoutSignature);

    private static List<Node> Write(CommitHead head, IReadOnlyList<Fact> sorted, Signer signer)
    {
        var nodes = new List<Node>();
        var authors = Authors(head, sorted);
        var leaves = WriteLeaves(head, sorted, authors, nodes);
        using var writer = new ByteWriter(512);
        writer.WriteByte(Version);
        WriteHead(writer, head, authors);
        WriteRoot(writer, leaves, nodes);
        if (head.Part == StorePart.Signed)
            writer.WriteFixed(signer(writer.Written).Bytes);
        nodes.Add(new Node(NodeKind.Commit, writer.ToArray()));
        return nodes;
    }

    /// <summary>Writes what stands before the root: part, ledger, epoch, author, time, parents, heads seen, other authors.</summary>
    public static void WriteHead(ByteWriter writer, CommitHead head, List<Ed25519PublicKey> authors)
    {
        writer.WriteByte((int)head.Part);
        writer.WriteFixed(head.LedgerId.Bytes);
        writer.WriteByte(head.Epoch is null ? 0 : Hash256.Size);
        if (head.Epoch is { } epoch)
            writer.WriteFixed(epoch.Bytes);
        writer.WriteFixed(head.Author.Bytes);
        writer.WriteUInt64(head.Time.Value);
        WriteHashes(writer, head.Parents);
        WriteHashes(writer, head.HeadsSeen);
        writer.WriteByte(authors.Count);
        foreach (var author in authors)
            writer.WriteFixed(author.Bytes);
    }

    private static void WriteRoot(ByteWriter writer, List<byte[]> leaves, List<Node> nodes)
    {
        if (leaves.Count == 1)
        {
            writer.WriteByte(LeafRoot);
            writer.WriteBytes32(leaves[0]);
            return;
        }
        writer.WriteByte(ListRoot);
        writer.WriteUInt16(leaves.Count);
        foreach (var leaf in leaves)
        {
            var node = new Node(NodeKind.Leaf, leaf);
            writer.WriteFixed(node.Name.Bytes);
            nodes.Add(node);
        }
    }

    private static void WriteHashes(ByteWriter writer, IReadOnlyList<Hash256> sorted)
    {
        writer.WriteByte(sorted.Count);
        foreach (var hash in sorted)
            writer.WriteFixed(hash.Bytes);
    }

    /// <summary>The devices besides the author whose facts are superseded, ascending.</summary>
    public static List<Ed25519PublicKey> Authors(CommitHead head, IReadOnlyList<Fact> facts)
    {
        var authors = new List<Ed25519PublicKey>();
        foreach (var fact in facts)
        {
            foreach (var dot in fact.Superseded)
            {
                if (dot.Author != head.Author && !authors.Contains(dot.Author))
                    authors.Add(dot.Author);
            }
        }
        if (authors.Count > MaxAuthors)
            throw new InvalidOperationException("A commit takes the place of facts of too many devices.");
        authors.Sort((left, right) => left.Bytes.SequenceCompareTo(right.Bytes));
        return authors;
    }

    /// <summary>Fills leaves with the facts in their order; chunks of long values go to the nodes.</summary>
    public static List<byte[]> WriteLeaves(CommitHead head, IReadOnlyList<Fact> facts, List<Ed25519PublicKey> authors, List<Node> nodes)
    {
        if (facts.Count is 0 or > MaxFacts)
            throw new InvalidOperationException("A commit has 1 to 65,535 facts.");
        var leaves = new List<byte[]>();
        using var leaf = new LeafWriter();
        using var encoded = new ByteWriter();
        foreach (var fact in facts)
        {
            encoded.Clear();
            WriteFact(encoded, head, fact, authors, nodes);
            if (!leaf.TryAdd(fact.Entity, encoded.Written))
            {
                leaves.Add(leaf.Finish());
                _ = leaf.TryAdd(fact.Entity, encoded.Written);
            }
        }
        leaves.Add(leaf.Finish());
        if (leaves.Count > ushort.MaxValue || nodes.Sum(node => (long)node.Bytes.Length) > MaxChunkedSize)
            throw new InvalidOperationException("A commit is too long.");
        return leaves;
    }

    private static void WriteFact(ByteWriter writer, CommitHead head, Fact fact, List<Ed25519PublicKey> authors, List<Node> nodes)
    {
        writer.WriteByte(fact.Value is null ? RetractOperation : AssertOperation);
        writer.WriteByte(fact.Attribute.Flags);
        writer.WriteName(fact.Attribute.Name);
        writer.WriteUInt16(fact.Superseded.Count);
        var dots = fact.Superseded.Select(dot => (Author: dot.Author == head.Author ? 0 : authors.IndexOf(dot.Author) + 1, dot.Time, dot.Index));
        foreach (var (author, time, index) in dots.Order())
        {
            writer.WriteByte(author);
            writer.WriteUInt64(time.Value);
            writer.WriteUInt16(index);
        }
        if (fact.Value is not null)
            WriteValue(writer, fact.Value, nodes);
    }

    private static void WriteValue(ByteWriter writer, FactValue value, List<Node> nodes)
    {
        writer.WriteByte((int)value.Kind);
        if (value.Kind == FactKind.Reference)
            writer.WriteName(value.ReferenceType.Name);
        var encoded = value.Encoded;
        if (value.Kind is not (FactKind.Text or FactKind.Bytes or FactKind.Secret))
        {
            writer.WriteFixed(encoded);
            return;
        }
        writer.WriteUInt32(encoded.Length);
        if (encoded.Length <= MaxInlineValueSize)
        {
            writer.WriteFixed(encoded);
            return;
        }
        for (; !encoded.IsEmpty; encoded = encoded[Math.Min(ChunkSize, encoded.Length)..])
        {
            var chunk = new Node(NodeKind.Chunk, encoded[..Math.Min(ChunkSize, encoded.Length)].ToArray());
            writer.WriteFixed(chunk.Name.Bytes);
            nodes.Add(chunk);
        }
    }
}
