using System.Security.Cryptography;

namespace Secrets.Protocol.Sessions;

/// <summary>The symmetric ratchet: mk = HMAC-SHA-256(ck, 01), ck = HMAC-SHA-256(ck, 02).</summary>
/// <remarks>Spec: docs/protocol/sessions.md §4.7.</remarks>
internal static class ChainKey
{
    public const int Size = 32;

    private static ReadOnlySpan<byte> ForMessage => [1];

    private static ReadOnlySpan<byte> ForChain => [2];

    public static void DeriveMessageKey(ReadOnlySpan<byte> chainKey, Span<byte> messageKey) => _ = HMACSHA256.HashData(chainKey, ForMessage, messageKey);

    public static void Advance(Span<byte> chainKey)
    {
        Span<byte> next = stackalloc byte[Size];
        _ = HMACSHA256.HashData(chainKey, ForChain, next);
        next.CopyTo(chainKey);
        CryptographicOperations.ZeroMemory(next);
    }
}
