namespace Secrets.Transport.Boxes;

/// <summary>What a relay's answer to a write means for the writer.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §4.8.</remarks>
public enum WriteOutcome
{
    /// <summary>The relay keeps the box.</summary>
    Kept = 0,

    /// <summary>Not now; send the same bytes again later.</summary>
    Later = 1,

    /// <summary>We deleted this box ourselves, or a copy of this device did: the delete is valid.</summary>
    Deleted = 2,

    /// <summary>A validly signed other box lies there: an old copy of this device is alive. Stop writing and keep the box.</summary>
    CloneEvidence = 3,

    /// <summary>The answer proves nothing: the relay is broken or lies.</summary>
    RelayBroken = 4,
}
