namespace Secrets.Client.Api;

/// <summary>A file on its way into a room.</summary>
internal sealed class RoomUploadArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The name that rooms.send_file was given for it.</summary>
    public required string Upload { get; init; }
}
