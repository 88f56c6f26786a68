namespace Secrets.Client.Api;

/// <summary>Something to say.</summary>
internal sealed class SendArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }
}
