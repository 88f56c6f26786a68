using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>A link in the tree of all valid links of a chain, with the position after it.</summary>
internal sealed class ChainNode
{
    public ChainNode(Link? link, ChainNode? parent, in Hash256 hash, ChainPosition position)
    {
        Link = link;
        Parent = parent;
        Hash = hash;
        Position = position;
        Sequence = link?.Sequence ?? 0;
    }

    /// <summary>Null for the first link.</summary>
    public Link? Link { get; }

    public ChainNode? Parent { get; }

    public Hash256 Hash { get; }

    public uint Sequence { get; }

    public ChainPosition Position { get; }

    public List<ChainNode> Children { get; } = [];

    /// <summary>The child whose branch wins; null at a tip.</summary>
    public ChainNode? Winner { get; set; }

    /// <summary>True if the link holds an operation that may not be passed over and is not known.</summary>
    public bool Stops => Link is not null && Link.Operations.Any(o => o is { Kind: LinkOperationKind.Unknown, IsIgnorable: false });
}
