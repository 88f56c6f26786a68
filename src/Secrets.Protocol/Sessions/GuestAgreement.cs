using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>The guest's side of the key agreement: one offer in, one answer and a session out.</summary>
/// <remarks>Decision 3. Spec: docs/protocol/sessions.md §4.4.</remarks>
public static class GuestAgreement
{
    /// <summary>Longest answer in bytes: what one box holds.</summary>
    public const int MaxAnswerSize = AnswerLayout.MaxSize;

    /// <summary>The size of the answer with this content.</summary>
    public static int GetAnswerSize(AnswerContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return AnswerLayout.OpenSize + AnswerLayout.InnerSize(content) + XChaCha20Poly1305.TagSize;
    }

    /// <summary>How many bytes of text, or of further links, still fit beside this content.</summary>
    public static int GetFreeSize(AnswerContent content) => AnswerLayout.MaxSize - GetAnswerSize(content);

    /// <summary>
    /// Answers an offer that <see cref="Offer.TryAccept"/> took. The caller persists answer and session before it writes the answer anywhere,
    /// and makes it once: a retry writes the same bytes.
    /// </summary>
    /// <returns><see cref="OfferError.BadKey"/> if an agreement with the offer's keys is zero, <see cref="OfferError.Own"/> if the identity key in it is one's own.</returns>
    /// <exception cref="ArgumentException">The content is too long, the destination has another size, or context and kind of offer don't go together.</exception>
    public static OfferError TryCreate(Secret secret, Offer offer, in AgreementContext context, X25519PrivateKey identityKey, AnswerContent content, RandomSource random, Span<byte> answer, out Agreement? agreement)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(identityKey);
        ArgumentNullException.ThrowIfNull(content);
        agreement = null;
        if (!context.Suits(offer.Kind))
            throw new ArgumentException("Only introductions and standing offers belong to a chat.", nameof(context));
        if (answer.Length != GetAnswerSize(content) || answer.Length > AnswerLayout.MaxSize)
            throw new ArgumentException("The answer has another size, or is too long for a box.", nameof(answer));
        if (offer.IdentityKey == identityKey.PublicKey)
            return OfferError.Own;

        using var ephemeral = X25519PrivateKey.Generate(random);
        var writer = new WireWriter(answer);
        writer.WriteUInt16(SessionSuite.Current);
        writer.WriteFixed(identityKey.PublicKey.Bytes);
        writer.WriteFixed(ephemeral.PublicKey.Bytes);
        var ciphertext = writer.Take(MlKemEncapsulationKey.CiphertextSize);

        // dh1 ‖ dh2 ‖ dh3 ‖ ss
        Span<byte> input = stackalloc byte[4 * KeySchedule.KeySize];
        Span<byte> prk = stackalloc byte[KeySchedule.KeySize];
        offer.EncapsulationKey.Encapsulate(ciphertext, input[(3 * KeySchedule.KeySize)..], random);
        if (!identityKey.TryAgree(offer.PreKey, input[..32]) || !ephemeral.TryAgree(offer.IdentityKey, input[32..64]) || !ephemeral.TryAgree(offer.PreKey, input[64..96]))
        {
            CryptographicOperations.ZeroMemory(input);
            answer.Clear();
            return OfferError.BadKey;
        }
        Hkdf.ExtractSha256(prk, input, secret.Bytes);
        CryptographicOperations.ZeroMemory(input);

        var th1 = KeySchedule.FirstTranscript(secret, context, identityKey.PublicKey.Bytes, ephemeral.PublicKey.Bytes, ciphertext);
        var ratchet = RatchetKeyPair.Generate(random);
        SealInner(answer[AnswerLayout.OpenSize..], content, ratchet, prk, th1);
        agreement = KeySchedule.ForGuest(prk, th1, KeySchedule.SecondTranscript(th1, answer[AnswerLayout.OpenSize..]), ratchet);
        CryptographicOperations.ZeroMemory(prk);
        return OfferError.None;
    }

    private static void SealInner(Span<byte> @sealed, AnswerContent content, RatchetKeyPair ratchet, ReadOnlySpan<byte> prk, Hash256 th1)
    {
        Span<byte> inner = stackalloc byte[AnswerLayout.MaxInnerSize];
        inner = inner[..(@sealed.Length - XChaCha20Poly1305.TagSize)];
        Span<byte> key = stackalloc byte[KeySchedule.KeySize];
        Span<byte> nonce = stackalloc byte[XChaCha20Poly1305.NonceSize];
        nonce.Clear(); // kA is new with every ephemeral key and seals one message
        AnswerLayout.WriteInner(inner, content, ratchet);
        KeySchedule.AnswerKey(prk, th1, key);
        XChaCha20Poly1305.Seal(@sealed, inner, th1.Bytes, nonce, key);
        CryptographicOperations.ZeroMemory(inner);
        CryptographicOperations.ZeroMemory(key);
    }
}
