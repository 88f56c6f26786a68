namespace Secrets.Client.Api;

/// <summary>A room.</summary>
internal sealed class RoomArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }
}
