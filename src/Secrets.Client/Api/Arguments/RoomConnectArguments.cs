namespace Secrets.Client.Api;

/// <summary>A connection to somebody in a call of a room that stands.</summary>
internal sealed class RoomConnectArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The other's session.</summary>
    public required string Session { get; init; }

    /// <summary>SHA-256 of the certificate at the other end, in hexadecimal with colons; null if the media engine doesn't tell.</summary>
    public required string? Fingerprint { get; init; }
}
