namespace Secrets.Client.Api;

/// <summary>An identity that is kept here.</summary>
internal sealed class HostOpenArguments
{
    /// <summary>Its id in this place.</summary>
    public required string Id { get; init; }

    /// <summary>Its password.</summary>
    public required string Password { get; init; }
}
