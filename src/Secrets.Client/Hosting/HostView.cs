namespace Secrets.Client.Hosting;

/// <summary>A place as a person sees it, at one moment.</summary>
public sealed class HostView
{
    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>What becomes of what is stored here.</summary>
    public required StorageKind Storage { get; init; }

    /// <summary>The identities that are kept here.</summary>
    public required IReadOnlyList<KeptIdentity> Identities { get; init; }

    /// <summary>The one that is open.</summary>
    public required OpenIdentity? Open { get; init; }
}
