namespace Secrets.Client.Api;

/// <summary>A connection to somebody in a call of a room.</summary>
internal sealed class RoomLegArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The other's session.</summary>
    public required string Session { get; init; }

    /// <summary>True if the other side may see this device's network address.</summary>
    public bool Straight { get; init; }

    /// <summary>SHA-256 of the certificate, in hexadecimal with colons; or a session description of it.</summary>
    public required string Fingerprint { get; init; }
}
