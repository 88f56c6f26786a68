namespace Secrets.Client.Api;

/// <summary>A chat's new name.</summary>
internal sealed class ChatRenameArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }
}
