namespace Secrets.Client.Api;

/// <summary>A connection that stands.</summary>
internal sealed class CallConnectArguments
{
    /// <summary>SHA-256 of the certificate at the other end, in hexadecimal with colons; null if the media engine doesn't tell.</summary>
    public required string? Fingerprint { get; init; }
}
