namespace Secrets.Client.Api;

/// <summary>The labels of the API; each has one use.</summary>
internal static class Labels
{
    /// <summary>Hashed, the key of the network of a daemon and its bots.</summary>
    public static ReadOnlySpan<byte> AppKey => "secrets/1/api/app-key"u8;
}
