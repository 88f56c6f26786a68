using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Rooms;

namespace Secrets.Client.Engine;

/// <summary>What media engines and people read and write of a call.</summary>
internal static class CallTexts
{
    /// <summary>Some media engines tell a certificate's fingerprint by itself, others only in a description.</summary>
    /// <exception cref="ClientException">It is neither.</exception>
    public static Hash256 Fingerprint(string text)
    {
        if (SessionDescription.TryReadFingerprint(text, out var fingerprint))
            return fingerprint;
        return SessionDescription.TryRead(Encoding.UTF8.GetBytes(text), out var description) == CallError.None ? description!.Fingerprint : throw new ClientException(ClientError.NotInCall);
    }

    /// <summary>The words to compare; null until they are fixed.</summary>
    public static string? Words(CallLeg? leg) => leg?.Words is { } places ? string.Join(' ', places.Select(static place => WordList.All[place])) : null;

    /// <summary>What the media engine made of MakeOffer or TakeOffer.</summary>
    public static CallError Describe(CallLeg? leg, int revision, string description, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        var error = SessionDescription.TryRead(Encoding.UTF8.GetBytes(description), out var own);
        if (error != CallError.None || leg is null)
            return error == CallError.None ? CallError.OutOfTurn : error;
        return leg.IsAsker ? leg.Offer(revision, own!, now, effects) : leg.Answer(revision, own!, now, effects);
    }

    /// <summary>What is out of turn was overtaken by what the other side said: nobody's mistake.</summary>
    /// <exception cref="ClientException">It is something else.</exception>
    public static void Require(CallError error)
    {
        if (error is CallError.WrongCertificate)
            throw new ClientException(ClientError.WrongCertificate);
        if (error is not (CallError.None or CallError.OutOfTurn))
            throw new ClientException(ClientError.NotInCall);
    }
}
