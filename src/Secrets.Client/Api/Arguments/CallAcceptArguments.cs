namespace Secrets.Client.Api;

/// <summary>A call to take.</summary>
internal sealed class CallAcceptArguments
{
    /// <summary>True if the other side may see this device's network address.</summary>
    public bool Straight { get; init; }

    /// <summary>SHA-256 of the certificate, in hexadecimal with colons; or a session description of it.</summary>
    public required string Fingerprint { get; init; }
}
