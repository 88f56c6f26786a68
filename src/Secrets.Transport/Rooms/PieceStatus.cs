namespace Secrets.Transport.Rooms;

/// <summary>What a relay answers about a piece.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.5.</remarks>
public enum PieceStatus
{
    /// <summary>Put, or here it is.</summary>
    Done = 0,

    /// <summary>There is none of that name.</summary>
    None = 1,

    /// <summary>Not a member, no place, or a wrong size.</summary>
    Refused = 2,
}
