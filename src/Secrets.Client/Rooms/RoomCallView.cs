using Secrets.Protocol.Calls;

namespace Secrets.Client.Rooms;

/// <summary>The call of a room, at one moment.</summary>
public sealed record RoomCallView
{
    /// <summary>The call's id in hexadecimal.</summary>
    public required string Id { get; init; }

    /// <summary>What it began with.</summary>
    public required CallMedia Media { get; init; }

    /// <summary>True if this session is in it.</summary>
    public required bool Joined { get; init; }

    /// <summary>True if as many as may be are in it.</summary>
    public required bool Full { get; init; }

    /// <summary>When this session went into it; null while it isn't.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The others in it.</summary>
    public required IReadOnlyList<RoomCallPartyView> Parties { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomCallView);
}
