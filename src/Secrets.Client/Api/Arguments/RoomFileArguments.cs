namespace Secrets.Client.Api;

/// <summary>A file to be laid into a room.</summary>
internal sealed class RoomFileArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its media type; may be empty.</summary>
    public required string Type { get; init; }

    /// <summary>A name of one's own for it while it is on its way: file_progress events and rooms.stop_file have it.</summary>
    public string? Upload { get; init; }
}
