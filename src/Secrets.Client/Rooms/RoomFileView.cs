namespace Secrets.Client.Rooms;

/// <summary>A file in a room.</summary>
public sealed class RoomFileView
{
    /// <summary>Its name, as its sender gave it.</summary>
    public required string Name { get; init; }

    /// <summary>Its media type, as its sender gave it.</summary>
    public required string Type { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }
}
