using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>Sizes and derivations that both sides of the handshake share.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.2, §4.1.</remarks>
internal static class ShsMessages
{
    public const int MacSize = 32;
    public const int HashSize = 32;
    public const int ChallengeSize = MacSize + X25519PublicKey.Size;
    public const int HelloPlainSize = Ed25519Signature.Size + Ed25519PublicKey.Size;
    public const int HelloSize = XSalsa20Poly1305.TagSize + HelloPlainSize;
    public const int AcceptSize = XSalsa20Poly1305.TagSize + Ed25519Signature.Size;

    // every key below seals exactly one message, so the nonce may be the same for all
    private static ReadOnlySpan<byte> ZeroNonce => new byte[XSalsa20Poly1305.NonceSize];

    /// <summary>mac = first half of HMAC-SHA-512(app key, ephemeral key).</summary>
    public static void Mac(in AppKey appKey, in X25519PublicKey ephemeral, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA512.HashSizeInBytes];
        _ = HMACSHA512.HashData(appKey.Bytes, ephemeral.Bytes, whole);
        whole[..MacSize].CopyTo(mac);
    }

    /// <summary>mac ‖ ephemeral key.</summary>
    public static void WriteChallenge(in AppKey appKey, in X25519PublicKey ephemeral, Span<byte> challenge)
    {
        Mac(appKey, ephemeral, challenge[..MacSize]);
        ephemeral.Bytes.CopyTo(challenge[MacSize..ChallengeSize]);
    }

    /// <summary>Checks the mac before the key is looked at, so that strangers get no work done.</summary>
    public static StackError TryReadChallenge(in AppKey appKey, ReadOnlySpan<byte> challenge, out X25519PublicKey ephemeral)
    {
        ephemeral = default;
        if (challenge.Length != ChallengeSize)
            return StackError.BadChallenge;
        Span<byte> whole = stackalloc byte[HMACSHA512.HashSizeInBytes];
        _ = HMACSHA512.HashData(appKey.Bytes, challenge[MacSize..], whole);
        if (!CryptographicOperations.FixedTimeEquals(whole[..MacSize], challenge[..MacSize]))
            return StackError.BadChallenge;
        return X25519PublicKey.TryRead(challenge[MacSize..], out ephemeral) ? StackError.None : StackError.LowOrderKey;
    }

    /// <summary>tag ‖ ciphertext.</summary>
    public static void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, Span<byte> message) =>
        XSalsa20Poly1305.Seal(message[XSalsa20Poly1305.TagSize..], message[..XSalsa20Poly1305.TagSize], plain, ZeroNonce, key);

    /// <summary>Opens what <see cref="Seal"/> made; false if anything was changed.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> plain) =>
        message.Length == plain.Length + XSalsa20Poly1305.TagSize
        && XSalsa20Poly1305.TryOpen(plain, message[XSalsa20Poly1305.TagSize..], message[..XSalsa20Poly1305.TagSize], ZeroNonce, key);
}
