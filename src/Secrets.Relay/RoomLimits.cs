namespace Secrets.Relay;

/// <summary>What rooms may ask of a relay; all of it in memory.</summary>
public sealed record RoomLimits
{
    /// <summary>False: the relay has no rooms.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Rooms at once.</summary>
    public int MaxRooms { get; init; } = 1_000;

    /// <summary>Rooms that one connection is in.</summary>
    public int MaxRoomsPerConnection { get; init; } = 8;

    /// <summary>Most participants of a room, whatever its opening says.</summary>
    public int MaxParticipants { get; init; } = Transport.Rooms.RoomsNetwork.MaxParticipants;

    /// <summary>Frames to everybody, of one session.</summary>
    public RateLimit Session { get; init; } = new(10, 40);

    /// <summary>Frames to everybody, of a room.</summary>
    public RateLimit Room { get; init; } = new(100, 200);

    /// <summary>Frames to one session, of one session.</summary>
    public RateLimit Private { get; init; } = new(50, 400);

    /// <summary>Frames to everybody that a room keeps for those who come back.</summary>
    public int KeptFrames { get; init; } = 1_000;

    /// <summary>Bytes of frames to everybody that a room keeps.</summary>
    public int KeptBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of frames to one session that a room keeps.</summary>
    public int WhisperedBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of frames that all rooms keep together.</summary>
    public long AllKeptBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of pieces that a room holds; the oldest go first.</summary>
    public int PieceBytes { get; init; } = 32 << 20;

    /// <summary>Bytes of pieces that all rooms hold together.</summary>
    public long AllPieceBytes { get; init; } = 512L << 20;

    /// <summary>Attempts a minute of one network.</summary>
    public int AttemptsPerNetwork { get; init; } = 600;

    /// <summary>Attempts a minute at one room.</summary>
    public int AttemptsPerRoom { get; init; } = 1_000;

    /// <summary>After this long without a frame a room goes.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(24);
}
