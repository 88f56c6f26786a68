namespace Secrets.Client.Api;

/// <summary>A new identity.</summary>
internal sealed class HostCreateArguments
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its password.</summary>
    public required string Password { get; init; }

    /// <summary>The relay to use, by its multiserver address.</summary>
    public required string? Relay { get; init; }

    /// <summary>True to keep it in memory only.</summary>
    public required bool Memory { get; init; }
}
