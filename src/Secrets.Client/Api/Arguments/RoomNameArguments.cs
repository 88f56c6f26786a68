namespace Secrets.Client.Api;

/// <summary>Another name in a room.</summary>
internal sealed class RoomNameArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }
}
