namespace Secrets.Client.Api;

/// <summary>A relay.</summary>
internal sealed class AddressArguments
{
    /// <summary>Its multiserver address with its key.</summary>
    public required string Address { get; init; }
}
