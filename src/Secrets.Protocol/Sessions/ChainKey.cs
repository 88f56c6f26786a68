using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The symmetric ratchet: mk = HMAC-SHA-256(ck, 01), ck = HMAC-SHA-256(ck, 02), and the key of a body.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §4.7.</remarks>
internal static class ChainKey
{
    public const int Size = ChainHmac.Size;

    private static ReadOnlySpan<byte> ForMessage => [1];

    private static ReadOnlySpan<byte> ForChain => [2];

    public static void DeriveMessageKey(ReadOnlySpan<byte> chainKey, Span<byte> messageKey) => ChainHmac.Compute(messageKey, ForMessage, chainKey);

    public static void Advance(Span<byte> chainKey) => ChainHmac.Compute(chainKey, ForChain, chainKey);

    /// <summary>Ex(mk, "secrets/1/body", 32): one block of HKDF's expansion is one HMAC over info ‖ 01.</summary>
    public static void DeriveBodyKey(ReadOnlySpan<byte> messageKey, Span<byte> bodyKey)
    {
        Span<byte> info = stackalloc byte[Labels.Body.Length + 1];
        Labels.Body.CopyTo(info);
        info[^1] = 1;
        ChainHmac.Compute(bodyKey, info, messageKey);
    }
}
