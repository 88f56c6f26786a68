namespace Secrets.Client.Api;

/// <summary>An identity that is kept here.</summary>
internal sealed class HostIdentityArguments
{
    /// <summary>Its id in this place.</summary>
    public required string Id { get; init; }
}
