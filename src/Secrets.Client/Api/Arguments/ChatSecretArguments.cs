namespace Secrets.Client.Api;

/// <summary>One's own secret for a chat.</summary>
internal sealed class ChatSecretArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>How many days a new one is good for, 1 to 14.</summary>
    public required int Days { get; init; }

    /// <summary>True to make a new one in place of one that nobody has answered.</summary>
    public required bool Renew { get; init; }
}
