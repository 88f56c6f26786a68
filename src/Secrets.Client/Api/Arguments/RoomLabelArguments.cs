namespace Secrets.Client.Api;

/// <summary>A text of one's own beside a room's code.</summary>
internal sealed class RoomLabelArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The text; may be empty.</summary>
    public required string Label { get; init; }
}
