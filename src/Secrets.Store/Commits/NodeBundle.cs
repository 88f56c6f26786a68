using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>Nodes in a row: u8 kind ‖ u32 length ‖ bytes each; leaves and chunks stand before the commits that name them.</summary>
/// <remarks>Spec: docs/protocol/store.md §3.9.</remarks>
internal static class NodeBundle
{
    /// <summary>Most nodes in a bundle.</summary>
    public const int MaxCount = 4_000_000;

    public static byte[] Write(IReadOnlyCollection<Node> nodes)
    {
        using var writer = new ByteWriter(nodes.Sum(node => node.Bytes.Length + 1 + sizeof(uint)));
        foreach (var node in nodes)
        {
            writer.WriteByte((int)node.Kind);
            writer.WriteBytes32(node.Bytes.Span);
        }
        return writer.ToArray();
    }

    /// <summary>Reads nodes until the end; false if anything else is there. Remnants stand in one's own export alone, as nobody else could check them.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> source, bool mayHaveRemnants, out List<Node> nodes)
    {
        nodes = [];
        var reader = new WireReader(source.Span);
        while (!reader.IsAtEnd)
        {
            if (nodes.Count == MaxCount || !reader.TryReadByte(out var kind) || !IsKind((NodeKind)kind, mayHaveRemnants)
                || !reader.TryReadBytes32(Node.MaxSize, out var bytes))
                return false;
            nodes.Add(new Node((NodeKind)kind, bytes.ToArray()));
        }
        return true;
    }

    private static bool IsKind(NodeKind kind, bool mayHaveRemnants) =>
        kind is NodeKind.Commit or NodeKind.Leaf or NodeKind.Chunk || (mayHaveRemnants && kind == NodeKind.Remnant);
}
