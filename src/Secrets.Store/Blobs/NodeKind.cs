namespace Secrets.Store;

/// <summary>What a node of the Merkle tree is. Numbers are permanent.</summary>
internal enum NodeKind
{
    /// <summary>No node.</summary>
    None = 0,

    /// <summary>A commit: its head and the root of its tree.</summary>
    Commit = 1,

    /// <summary>A list of facts.</summary>
    Leaf = 2,

    /// <summary>A piece of a long value.</summary>
    Chunk = 3,

    /// <summary>What is left of a commit after a purge: its head and the facts that stay.</summary>
    Remnant = 4,
}
