using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Sessions;

/// <summary>The channels where offer and answers lie. Everybody who knows S can write them: the protocol counts on it (decision 2).</summary>
/// <remarks>m = HKDF-SHA-512(ikm = S, salt = "secrets/1/meet", info = direction, 64); seed = m[0..32], H_0 = m[32..64], Idx64 = 0, one advance. Spec: docs/protocol/sessions.md §4.2.</remarks>
public static class Meeting
{
    /// <summary>Boxes 1 to 4 of the answer channel take answers.</summary>
    public const int AnswerSlots = 4;

    private const int Size = 64;

    /// <summary>The channel whose box 1 is the offer.</summary>
    public static WriteCapability DeriveOfferChannel(Secret secret) => Derive(secret, Labels.MeetOffer);

    /// <summary>The channel whose boxes 1 to 4 are answers to a link or an own device's secret.</summary>
    public static WriteCapability DeriveAnswerChannel(Secret secret) => Derive(secret, Labels.MeetAnswer);

    /// <summary>The channel of one answerer's answers to a standing offer or an introduction: by participant id.</summary>
    public static WriteCapability DeriveAnswerChannel(Secret secret, Hash256 answerer)
    {
        Span<byte> direction = stackalloc byte[Labels.MeetAnswerOf.Length + Hash256.Size];
        Labels.MeetAnswerOf.CopyTo(direction);
        answerer.Bytes.CopyTo(direction[Labels.MeetAnswerOf.Length..]);
        return Derive(secret, direction);
    }

    private static WriteCapability Derive(Secret secret, ReadOnlySpan<byte> direction)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Span<byte> m = stackalloc byte[Size];
        Hkdf.DeriveSha512(m, secret.Bytes, Labels.Meet, direction);
        var channel = WriteCapability.FromSeed(m[..(Size / 2)], m[(Size / 2)..]);
        CryptographicOperations.ZeroMemory(m);
        return channel;
    }
}
