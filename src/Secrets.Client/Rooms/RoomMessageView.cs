namespace Secrets.Client.Rooms;

/// <summary>A line of a room as a person sees it, at one moment.</summary>
public sealed record RoomMessageView
{
    /// <summary>Its id: the same for everybody in the room; of a notice one of this program.</summary>
    public required string Id { get; init; }

    /// <summary>The room it is in.</summary>
    public required string Room { get; init; }

    /// <summary>Which notice it is, if it is one.</summary>
    public required RoomNotice Notice { get; init; }

    /// <summary>The session of who said it, or whom it is about; empty: nobody.</summary>
    public required string From { get; init; }

    /// <summary>That person's name at the time.</summary>
    public required string Name { get; init; }

    /// <summary>True if this person said it.</summary>
    public required bool Own { get; init; }

    /// <summary>When it was said, by its sender's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The text: Markdown, as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>The id of the message that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Signs under it.</summary>
    public required IReadOnlyList<RoomReactionView> Reactions { get; init; }

    /// <summary>The file, if it is one.</summary>
    public RoomFileView? File { get; init; }

    /// <summary>False while the relay has not confirmed an own message.</summary>
    public required bool Sent { get; init; }

    /// <summary>How many are missing, of a gap.</summary>
    public required long Count { get; init; }

    /// <summary>Order within the room, rising.</summary>
    public required long Position { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomMessageView);
}
