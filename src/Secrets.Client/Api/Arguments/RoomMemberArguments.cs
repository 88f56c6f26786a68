namespace Secrets.Client.Api;

/// <summary>Somebody in a room.</summary>
internal sealed class RoomMemberArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The session.</summary>
    public required string Session { get; init; }
}
