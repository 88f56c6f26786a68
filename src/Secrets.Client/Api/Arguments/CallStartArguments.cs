using Secrets.Protocol.Calls;

namespace Secrets.Client.Api;

/// <summary>A call to begin.</summary>
internal sealed class CallStartArguments
{
    /// <summary>The chat's id.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>What it begins with.</summary>
    public required CallMedia Media { get; init; }

    /// <summary>True if the other side may see this device's network address.</summary>
    public bool Straight { get; init; }

    /// <summary>SHA-256 of the certificate, in hexadecimal with colons; or a session description of it.</summary>
    public required string Fingerprint { get; init; }
}
