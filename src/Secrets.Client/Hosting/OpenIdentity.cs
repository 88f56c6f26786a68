using Secrets.Client.Views;
using Secrets.Store;

namespace Secrets.Client.Hosting;

/// <summary>The identity that is open.</summary>
public sealed class OpenIdentity
{
    /// <summary>Its id in this place.</summary>
    public required string Id { get; init; }

    /// <summary>True if it can be read and not written: damaged or moved.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>True if it was moved to another place.</summary>
    public required bool Retired { get; init; }

    /// <summary>True if it is in memory alone, and gone when this host ends.</summary>
    public required bool Memory { get; init; }

    /// <summary>What of it is damaged.</summary>
    public required IReadOnlyList<StoreDamage> Damaged { get; init; }

    /// <summary>What it is.</summary>
    public required IdentityView Identity { get; init; }
}
