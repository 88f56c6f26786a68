namespace Secrets.Client.Api;

/// <summary>Something to be said in a room.</summary>
internal sealed class RoomSendArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The text: Markdown.</summary>
    public required string Text { get; init; }

    /// <summary>The id of the message that it answers; null: none.</summary>
    public string? ReplyTo { get; init; }
}
