namespace Secrets.Client.Api;

/// <summary>What the media engine made for a connection.</summary>
internal sealed class RoomDescribeArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The other's session.</summary>
    public required string Session { get; init; }

    /// <summary>The revision of the step that wished it.</summary>
    public required int Revision { get; init; }

    /// <summary>The session description.</summary>
    public required string Description { get; init; }
}
