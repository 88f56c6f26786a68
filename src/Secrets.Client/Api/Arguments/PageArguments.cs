namespace Secrets.Client.Api;

/// <summary>A part of a chat.</summary>
internal sealed class PageArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>The lines before this position; null for the newest.</summary>
    public required long? Before { get; init; }

    /// <summary>How many at most.</summary>
    public required int Count { get; init; }
}
