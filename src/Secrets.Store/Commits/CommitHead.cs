using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>What stands in a commit before its facts.</summary>
internal sealed class CommitHead
{
    public required Hash256 LedgerId { get; init; }

    public required StorePart Part { get; init; }

    public Hash256? Epoch { get; init; }

    public required Ed25519PublicKey Author { get; init; }

    public required HybridTime Time { get; init; }

    /// <summary>Strictly ascending.</summary>
    public required IReadOnlyList<Hash256> Parents { get; init; }

    /// <summary>Strictly ascending.</summary>
    public required IReadOnlyList<Hash256> HeadsSeen { get; init; }
}
