namespace Secrets.Client.Hosting;

/// <summary>A password of words.</summary>
public sealed class WordsView
{
    /// <summary>The password.</summary>
    public required string Text { get; init; }
}
