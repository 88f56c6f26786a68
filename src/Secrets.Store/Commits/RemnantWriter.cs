namespace Secrets.Store;

/// <summary>Writes what is left of a commit after a purge: name and head of the commit, and the facts that stay, each with its place.</summary>
/// <remarks>
/// The commit's bytes can't be had from it, nor its signature checked: it is believed because this store keeps it under its key, as it
/// believes that a commit's signature was checked. The heads seen are left out. Spec: docs/protocol/store.md §3.2.
/// </remarks>
internal static class RemnantWriter
{
    public const byte Version = 1;

    /// <summary>The nodes of the remnant, itself last. The facts keep the order that they had.</summary>
    public static List<Node> Write(Commit commit, IReadOnlyList<Fact> facts, IReadOnlyList<int> places)
    {
        var head = new CommitHead
        {
            LedgerId = commit.LedgerId,
            Part = commit.Part,
            Epoch = commit.Epoch,
            Author = commit.Stamp.Author,
            Time = commit.Stamp.Time,
            Parents = commit.Parents,
            HeadsSeen = [],
        };
        var nodes = new List<Node>();
        var authors = CommitWriter.Authors(head, facts);
        var leaves = facts.Count == 0 ? [] : CommitWriter.WriteLeaves(head, facts, authors, nodes);
        using var writer = new ByteWriter(512);
        writer.WriteByte(Version);
        writer.WriteFixed(commit.Stamp.Name.Bytes);
        CommitWriter.WriteHead(writer, head, authors);
        writer.WriteUInt16(places.Count);
        foreach (var place in places)
            writer.WriteUInt16(place);
        writer.WriteUInt16(leaves.Count);
        foreach (var leaf in leaves)
        {
            var node = new Node(NodeKind.Leaf, leaf);
            writer.WriteFixed(node.Name.Bytes);
            nodes.Add(node);
        }
        nodes.Add(new Node(NodeKind.Remnant, writer.ToArray()));
        return nodes;
    }
}
