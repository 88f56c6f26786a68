namespace Secrets.Client.Api;

/// <summary>A call's signal for somebody.</summary>
internal sealed class RoomSignalArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The session that it is for.</summary>
    public required string Session { get; init; }

    /// <summary>The signal in base64, at most 16,384 bytes.</summary>
    public required string Signal { get; init; }
}
