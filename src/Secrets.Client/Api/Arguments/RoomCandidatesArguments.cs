namespace Secrets.Client.Api;

/// <summary>Further ways to this side, for somebody in a call of a room.</summary>
internal sealed class RoomCandidatesArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The other's session.</summary>
    public required string Session { get; init; }

    /// <summary>The candidates, as the media engine writes them.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }
}
