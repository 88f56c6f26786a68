namespace Secrets.Client.Hosting;

/// <summary>What a host hands to <see cref="ClientHost"/>.</summary>
public sealed class HostOptions
{
    /// <summary>What every identity is opened with.</summary>
    public required ClientOptions Client { get; init; }

    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The relay that a new identity takes where the person names none: its multiserver address; null with nobody there.</summary>
    public Func<CancellationToken, ValueTask<string?>> FindRelay { get; init; } = static _ => ValueTask.FromResult<string?>(null);
}
