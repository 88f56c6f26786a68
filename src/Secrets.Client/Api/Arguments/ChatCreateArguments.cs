namespace Secrets.Client.Api;

/// <summary>A new chat.</summary>
internal sealed class ChatCreateArguments
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How many days its secret is good for, 1 to 14.</summary>
    public required int Days { get; init; }
}
