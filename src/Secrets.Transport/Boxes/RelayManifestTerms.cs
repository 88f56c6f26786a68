using System.Diagnostics.CodeAnalysis;

namespace Secrets.Transport.Boxes;

/// <summary>Number, time and policy of a relay's manifest.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "never compared")]
public readonly struct RelayManifestTerms
{
    /// <summary>Grows with every manifest of the relay; a lower one than seen is old.</summary>
    public ulong Number { get; init; }

    /// <summary>When it was made, to the second.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>Days that a box is kept, 1 to 65,535.</summary>
    public int LimitDays { get; init; }

    /// <summary>Time between bells, 1 to 65,535 milliseconds.</summary>
    public int BellIntervalMilliseconds { get; init; }

    /// <summary>True if writers need the host's pass.</summary>
    public bool IsClosed { get; init; }
}
