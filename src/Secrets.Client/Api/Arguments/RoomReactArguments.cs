namespace Secrets.Client.Api;

/// <summary>A sign under a message.</summary>
internal sealed class RoomReactArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The message's id.</summary>
    public required string Message { get; init; }

    /// <summary>The sign; empty: none any more.</summary>
    public required string Sign { get; init; }
}
