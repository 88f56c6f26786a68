using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>One thing that happened in a room, as its machine heard it.</summary>
public sealed class RoomHeard
{
    /// <summary>What happened.</summary>
    public required RoomHeardKind Kind { get; init; }

    /// <summary>Whom it is about; everybody's id if nobody's.</summary>
    public SessionId Session { get; init; }

    /// <summary>The message.</summary>
    public RoomMessageId Message { get; init; }

    /// <summary>What it says.</summary>
    public RoomContent? Content { get; init; }

    /// <summary>A name: the person's at that time, or the former one.</summary>
    public string Name { get; init; } = "";

    /// <summary>True for a start (of typing).</summary>
    public bool IsOn { get; init; }

    /// <summary>How many are missing.</summary>
    public ulong Count { get; init; }

    /// <summary>How long it lasts.</summary>
    public TimeSpan Left { get; init; }

    /// <summary>Why it ended.</summary>
    public RoomEnd End { get; init; }

    /// <summary>A call's signal.</summary>
    public ReadOnlyMemory<byte> Signal { get; init; }
}
