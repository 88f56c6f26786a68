namespace Secrets.Client.Api;

/// <summary>A new name.</summary>
internal sealed class NameArguments
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }
}
