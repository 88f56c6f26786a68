namespace Secrets.Client.Rooms;

/// <summary>A file in a room.</summary>
public sealed record RoomFileView
{
    /// <summary>Its name, as its sender gave it.</summary>
    public required string Name { get; init; }

    /// <summary>Its media type, as its sender gave it.</summary>
    public required string Type { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomFileView);
}
