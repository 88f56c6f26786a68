using System.Buffers.Binary;
using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Sessions;

/// <summary>The hybrid key schedule of decision 3, in its own names: th1, prk, kA, th2, session keys.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §4.4.</remarks>
internal static class KeySchedule
{
    public const int KeySize = 32;

    private const int SessionKeysSize = 6 * KeySize; // rk, hk_O, nhk_G, confirm seed, confirm H_0, exporter

    /// <summary>th1 = H("secrets/1/th1", suite, S, g.ik, g.e, ct [, chat id, introducer]).</summary>
    public static Hash256 FirstTranscript(Secret secret, in AgreementContext context, ReadOnlySpan<byte> identityKey, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> suite = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(suite, SessionSuite.Current);
        var hash = LabelledHash.Start(Labels.Transcript1).Add(suite).Add(secret.Bytes).Add(identityKey).Add(ephemeral).Add(ciphertext);
        if (context.IsInChat)
            hash = hash.Add(context.Chat.Bytes).Add(context.Introducer.Bytes);
        return hash.Finish();
    }

    /// <summary>th2 = H("secrets/1/th2", th1, inner).</summary>
    public static Hash256 SecondTranscript(Hash256 firstTranscript, ReadOnlySpan<byte> inner) =>
        LabelledHash.Start(Labels.Transcript2).Add(firstTranscript.Bytes).Add(inner).Finish();

    /// <summary>kA = Ex(prk, "secrets/1/answer" ‖ th1, 32).</summary>
    public static void AnswerKey(ReadOnlySpan<byte> prk, Hash256 firstTranscript, Span<byte> key) => Expand(key, prk, Labels.Answer, firstTranscript.Bytes);

    /// <summary>Splits Ex(prk, "secrets/1/session" ‖ th2, 192) and makes the guest's half; <paramref name="ratchet"/> is taken over.</summary>
    public static Agreement ForGuest(ReadOnlySpan<byte> prk, Hash256 th1, Hash256 th2, RatchetKeyPair ratchet)
    {
        Span<byte> keys = stackalloc byte[SessionKeysSize];
        Expand(keys, prk, Labels.Session, th2.Bytes);
        var session = Session.StartAsGuest(th2, Key(keys, 0), Key(keys, 1), Key(keys, 2), ratchet);
        return Finish(AgreementRole.Guest, th1, th2, session, keys);
    }

    /// <summary>The owner's half; the peer's ratchet keys come from the answer.</summary>
    public static Agreement ForOwner(ReadOnlySpan<byte> prk, Hash256 th1, Hash256 th2, in X25519PublicKey peerKey, MlKemEncapsulationKey peerEncapsulationKey)
    {
        Span<byte> keys = stackalloc byte[SessionKeysSize];
        Expand(keys, prk, Labels.Session, th2.Bytes);
        var session = Session.StartAsOwner(th2, Key(keys, 0), Key(keys, 1), Key(keys, 2), peerKey, peerEncapsulationKey);
        return Finish(AgreementRole.Owner, th1, th2, session, keys);
    }

    /// <summary>Ex(prk, label ‖ hash, output length).</summary>
    public static void Expand(Span<byte> output, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> hash)
    {
        Span<byte> info = stackalloc byte[64];
        label.CopyTo(info);
        hash.CopyTo(info[label.Length..]);
        Hkdf.ExpandSha256(output, prk, info[..(label.Length + hash.Length)]);
    }

    private static Agreement Finish(AgreementRole role, Hash256 th1, Hash256 th2, Session session, Span<byte> keys)
    {
        var confirm = WriteCapability.FromSeed(Key(keys, 3), Key(keys, 4));
        var exporter = AgreementExporter.Import(Key(keys, 5));
        CryptographicOperations.ZeroMemory(keys);
        return new Agreement(role, th1, th2, session, confirm, exporter);
    }

    private static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> keys, int number) => keys.Slice(number * KeySize, KeySize);
}
