namespace Secrets.Client.Api;

/// <summary>A chat that is to be quiet, or no longer.</summary>
internal sealed class ChatMuteArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>True for quiet.</summary>
    public required bool Muted { get; init; }
}
