using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>The owner's side of the key agreement: opens answers to an offer.</summary>
/// <remarks>Decision 3. Spec: docs/protocol/sessions.md §4.4.</remarks>
public static class OwnerAgreement
{
    /// <summary>th1 of an answer, without opening it: two answers with one th1 are one answer. False if the open part can't be one.</summary>
    public static bool TryReadTranscript(Secret secret, in AgreementContext context, ReadOnlySpan<byte> answer, out Hash256 firstTranscript)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var readable = TryReadOpen(answer, out var identityKey, out var ephemeral, out var ciphertext) == AnswerError.None;
        firstTranscript = readable ? KeySchedule.FirstTranscript(secret, context, identityKey.Bytes, ephemeral.Bytes, ciphertext) : default;
        return readable;
    }

    /// <summary>
    /// Opens an answer. The first that opens is taken: in one transaction the caller marks the secret as used, erases <paramref name="keys"/> and
    /// stores the session; then writes the confirmation. The caller also checks the time, and that the guest's links name <paramref name="peerIdentityKey"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Context and kind of offer don't go together, or keys or secret are not the offer's.</exception>
    public static AnswerError TryAccept(Secret secret, Offer offer, OfferKeys keys, in AgreementContext context, X25519PrivateKey identityKey, ReadOnlySpan<byte> answer, out Agreement? agreement, out AnswerContent? content, out X25519PublicKey peerIdentityKey)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(identityKey);
        agreement = null;
        content = null;
        if (!context.Suits(offer.Kind))
            throw new ArgumentException("Only introductions and standing offers belong to a chat.", nameof(context));
        if (offer.IdentityKey != identityKey.PublicKey || offer.PreKey != keys.PreKey.PublicKey)
            throw new ArgumentException("These are not the keys of the offer.", nameof(keys));

        var error = TryReadOpen(answer, out peerIdentityKey, out var ephemeral, out var ciphertext);
        if (error != AnswerError.None)
            return error;
        Span<byte> prk = stackalloc byte[KeySchedule.KeySize];
        if (peerIdentityKey == identityKey.PublicKey || !TryExtract(secret, keys, identityKey, peerIdentityKey, ephemeral, ciphertext, prk))
            return AnswerError.Rejected;
        var th1 = KeySchedule.FirstTranscript(secret, context, peerIdentityKey.Bytes, ephemeral.Bytes, ciphertext);
        error = TryOpenInner(answer[AnswerLayout.OpenSize..], identityKey, prk, th1, out agreement, out content);
        CryptographicOperations.ZeroMemory(prk);
        return error;
    }

    private static AnswerError TryReadOpen(ReadOnlySpan<byte> answer, out X25519PublicKey identityKey, out X25519PublicKey ephemeral, out ReadOnlySpan<byte> ciphertext)
    {
        identityKey = default;
        ephemeral = default;
        ciphertext = default;
        var reader = new WireReader(answer);
        if (answer.Length > AnswerLayout.MaxSize || !reader.TryReadUInt16(out var suite))
            return AnswerError.Malformed;
        if (suite != SessionSuite.Current)
            return AnswerError.OtherSuite;
        return reader.TryReadFixed(X25519PublicKey.Size, out var ik) && X25519PublicKey.TryRead(ik, out identityKey)
            && reader.TryReadFixed(X25519PublicKey.Size, out var e) && X25519PublicKey.TryRead(e, out ephemeral)
            && reader.TryReadFixed(MlKemEncapsulationKey.CiphertextSize, out ciphertext) && reader.Remaining > XChaCha20Poly1305.TagSize
            ? AnswerError.None
            : AnswerError.Malformed;
    }

    private static bool TryExtract(Secret secret, OfferKeys keys, X25519PrivateKey identityKey, in X25519PublicKey peerIdentityKey, in X25519PublicKey ephemeral, ReadOnlySpan<byte> ciphertext, Span<byte> prk)
    {
        Span<byte> input = stackalloc byte[4 * KeySchedule.KeySize];
        var agreed = keys.PreKey.TryAgree(peerIdentityKey, input[..32]) && identityKey.TryAgree(ephemeral, input[32..64])
            && keys.PreKey.TryAgree(ephemeral, input[64..96]) && keys.DecapsulationKey.TryDecapsulate(ciphertext, input[96..]);
        if (agreed)
            Hkdf.ExtractSha256(prk, input, secret.Bytes);
        CryptographicOperations.ZeroMemory(input);
        return agreed;
    }

    private static AnswerError TryOpenInner(ReadOnlySpan<byte> @sealed, X25519PrivateKey identityKey, ReadOnlySpan<byte> prk, Hash256 th1, out Agreement? agreement, out AnswerContent? content)
    {
        agreement = null;
        content = null;
        Span<byte> inner = stackalloc byte[AnswerLayout.MaxInnerSize];
        inner = inner[..(@sealed.Length - XChaCha20Poly1305.TagSize)];
        Span<byte> key = stackalloc byte[KeySchedule.KeySize];
        Span<byte> nonce = stackalloc byte[XChaCha20Poly1305.NonceSize];
        nonce.Clear();
        KeySchedule.AnswerKey(prk, th1, key);
        var opened = XChaCha20Poly1305.TryOpen(inner, @sealed, th1.Bytes, nonce, key);
        CryptographicOperations.ZeroMemory(key);
        if (!opened)
            return AnswerError.Rejected;
        var read = AnswerLayout.TryReadInner(inner, out content, out var ratchetKey, out var ratchetEncapsulationKey);
        CryptographicOperations.ZeroMemory(inner);
        if (!read || content is null || ratchetEncapsulationKey is null)
            return AnswerError.BadContent;
        // the first root step will agree with g.r: a point of small order, which gives zero with every key, is refused now
        if (!identityKey.TryAgree(ratchetKey, key))
        {
            content.Dispose();
            content = null;
            return AnswerError.BadContent;
        }
        CryptographicOperations.ZeroMemory(key);
        agreement = KeySchedule.ForOwner(prk, th1, KeySchedule.SecondTranscript(th1, @sealed), ratchetKey, ratchetEncapsulationKey);
        return AnswerError.None;
    }
}
