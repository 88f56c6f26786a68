namespace Secrets.Client.Api;

/// <summary>The number was compared.</summary>
internal sealed class ChatVerifyArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>The digits that were typed in, if any.</summary>
    public required string? Typed { get; init; }
}
