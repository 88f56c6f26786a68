using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Client.Api;

/// <summary>What a daemon and the bots that talk to it have in common.</summary>
/// <remarks>Spec: docs/protocol/api.md §3.1.</remarks>
public static class ApiNetwork
{
    /// <summary>The largest item of either side: a page of long messages is larger than what every peer takes.</summary>
    public const int MaxItemSize = 16 << 20;

    /// <summary>The key of this network in every secret-handshake: BLAKE2b-256 of <c>secrets/1/api/app-key</c>. It is public.</summary>
    public static AppKey AppKey { get; } = MakeAppKey();

    private static AppKey MakeAppKey()
    {
        _ = AppKey.TryRead(Hash256.Of(Labels.AppKey).Bytes, out var key);
        return key;
    }
}
