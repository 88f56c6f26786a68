namespace Secrets.Client.Api;

/// <summary>A message of a room.</summary>
internal sealed class RoomMessageArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The message's id.</summary>
    public required string Message { get; init; }
}
