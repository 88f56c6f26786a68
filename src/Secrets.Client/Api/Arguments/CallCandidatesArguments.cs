namespace Secrets.Client.Api;

/// <summary>Further ways to this side.</summary>
internal sealed class CallCandidatesArguments
{
    /// <summary>The candidates, as the media engine writes them.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }
}
