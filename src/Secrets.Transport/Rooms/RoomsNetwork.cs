namespace Secrets.Transport.Rooms;

/// <summary>What every relay and client has in common about rooms: names and sizes.</summary>
/// <remarks>Spec: docs/protocol/rooms.md §3.3 to §3.5, §6.</remarks>
public static class RoomsNetwork
{
    /// <summary>Name of the method by which one session is in a room.</summary>
    public const string EnterMethod = "room.enter";

    /// <summary>Name of the method by which pieces of files are put and got.</summary>
    public const string PiecesMethod = "room.pieces";

    /// <summary>Longest body of a frame in bytes.</summary>
    public const int MaxBodySize = 66_048;

    /// <summary>Most participants that an opening can ask for.</summary>
    public const int MaxParticipants = 200;

    /// <summary>Participants where an opening asks for nothing else.</summary>
    public const int DefaultParticipants = 50;

    /// <summary>How long somebody whose connection was lost may come back.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>How often a session gives a sign of life; one that is silent for as long as <see cref="Grace"/> counts as lost.</summary>
    public static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);

    /// <summary>How long after its start a relay takes rooms that were there before.</summary>
    public static readonly TimeSpan ReopenTime = TimeSpan.FromMinutes(5);

    /// <summary>True for the size of a piece as a relay takes it.</summary>
    public static bool IsPieceSize(int size) => size is (4_096 + TagSize) or (16_384 + TagSize) or (65_536 + TagSize);

    private const int TagSize = 16;
}
