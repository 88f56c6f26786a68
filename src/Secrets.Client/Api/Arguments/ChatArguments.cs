namespace Secrets.Client.Api;

/// <summary>A chat.</summary>
internal sealed class ChatArguments
{
    /// <summary>Its id.</summary>
    public required ChatId Chat { get; init; }
}
