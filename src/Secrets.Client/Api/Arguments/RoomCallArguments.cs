using Secrets.Protocol.Calls;

namespace Secrets.Client.Api;

/// <summary>A call of a room to be in.</summary>
internal sealed class RoomCallArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>What it begins with, if there is none yet.</summary>
    public required CallMedia Media { get; init; }
}
