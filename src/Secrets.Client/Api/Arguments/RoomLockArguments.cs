namespace Secrets.Client.Api;

/// <summary>A room to be locked, or no longer.</summary>
internal sealed class RoomLockArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>True for locked.</summary>
    public required bool Locked { get; init; }
}
