using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Leaves and chunks by name; remembers which were asked for.</summary>
internal sealed class NodeSource
{
    private readonly IReadOnlyDictionary<Hash256, Node> _nodes;
    private readonly HashSet<Hash256> _used = [];

    public NodeSource(IReadOnlyDictionary<Hash256, Node> nodes) => _nodes = nodes;

    public bool TryGet(in Hash256 name, NodeKind kind, [NotNullWhen(true)] out Node? node)
    {
        if (!_nodes.TryGetValue(name, out node) || node.Kind != kind)
            return false;
        _used.Add(name);
        return true;
    }

    /// <summary>The nodes that these commits are made of, the commits last.</summary>
    public static List<Node> WithAllNamed(IReadOnlyDictionary<Hash256, Node> nodes, IReadOnlyList<Node> commits)
    {
        var source = new NodeSource(nodes);
        var reader = new CommitReader(source);
        foreach (var commit in commits)
            _ = reader.TryReadKept(commit, out _);
        return [.. source._used.Select(name => nodes[name]), .. commits];
    }
}
