namespace Secrets.Client.Rooms;

/// <summary>A room as a person sees it, at one moment.</summary>
public sealed record RoomView
{
    /// <summary>The room's id in this program alone.</summary>
    public required string Id { get; init; }

    /// <summary>A text of one's own beside the code; empty if there is none.</summary>
    public required string Label { get; init; }

    /// <summary>The code, to be said or typed: eight words.</summary>
    public required string Code { get; init; }

    /// <summary>The link, with the code behind "#".</summary>
    public required string Link { get; init; }

    /// <summary>The content of the QR code.</summary>
    public required string Qr { get; init; }

    /// <summary>The relay where it lies.</summary>
    public required string Relay { get; init; }

    /// <summary>How it stands.</summary>
    public required RoomStage Stage { get; init; }

    /// <summary>Why it ended.</summary>
    public required RoomEnding Ending { get; init; }

    /// <summary>When it ends if the owner does not come back.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>True while nobody new may enter.</summary>
    public required bool Locked { get; init; }

    /// <summary>The own session.</summary>
    public required string Me { get; init; }

    /// <summary>The own name in it.</summary>
    public required string Name { get; init; }

    /// <summary>True if the room is one's own.</summary>
    public required bool IsOwner { get; init; }

    /// <summary>The owner's session.</summary>
    public required string Owner { get; init; }

    /// <summary>Who is in, oneself first.</summary>
    public required IReadOnlyList<RoomMemberView> Members { get; init; }

    /// <summary>Seven words to be compared aloud: the same for everybody, and others when somebody comes or goes.</summary>
    public required IReadOnlyList<string> SafetyWords { get; init; }

    /// <summary>Most participants.</summary>
    public required int MaxParticipants { get; init; }

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset Entered { get; init; }

    /// <summary>The call in it; null: none.</summary>
    public RoomCallView? Call { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomView);
}
