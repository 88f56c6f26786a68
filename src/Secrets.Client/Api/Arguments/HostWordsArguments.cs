namespace Secrets.Client.Api;

/// <summary>A password of words.</summary>
internal sealed class HostWordsArguments
{
    /// <summary>How many words, 4 to 12.</summary>
    public required int Count { get; init; }
}
