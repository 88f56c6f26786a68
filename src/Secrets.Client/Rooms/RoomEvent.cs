using Secrets.Client.Views;

namespace Secrets.Client.Rooms;

/// <summary>One thing that happened in a room, with what it concerns.</summary>
public sealed record RoomEvent
{
    /// <summary>What happened.</summary>
    public required RoomEventKind Kind { get; init; }

    /// <summary>The room's id.</summary>
    public required string Id { get; init; }

    /// <summary>The room, as it is now.</summary>
    public RoomView? Room { get; init; }

    /// <summary>The line, as it is now.</summary>
    public RoomMessageView? Message { get; init; }

    /// <summary>Who types, or to whom the connection is.</summary>
    public string? Session { get; init; }

    /// <summary>True if typing began.</summary>
    public bool On { get; init; }

    /// <summary>Which file is on its way, by the name that its sender gave.</summary>
    public string? Upload { get; init; }

    /// <summary>How many bytes of it the relay has.</summary>
    public long Sent { get; init; }

    /// <summary>What the media engine is to do.</summary>
    public CallStepView? CallStep { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomEvent);
}
