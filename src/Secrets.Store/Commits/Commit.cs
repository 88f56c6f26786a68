using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>A commit: who, when, upon what, and its facts in canonical order.</summary>
internal sealed class Commit
{
    public required CommitStamp Stamp { get; init; }

    public required Hash256 LedgerId { get; init; }

    public required StorePart Part { get; init; }

    /// <summary>The epoch of a vault, named by the hash of its link; null in an identity's own store.</summary>
    public Hash256? Epoch { get; init; }

    public required IReadOnlyList<Hash256> Parents { get; init; }

    public required IReadOnlyList<Hash256> HeadsSeen { get; init; }

    public required IReadOnlyList<Fact> Facts { get; init; }

    /// <summary>After a purge, where each of the facts that stayed stood in the commit; else null.</summary>
    public IReadOnlyList<int>? Places { get; init; }

    /// <summary>The place of a fact in the commit as its author wrote it.</summary>
    public int PlaceOf(int fact) => Places is null ? fact : Places[fact];
}
