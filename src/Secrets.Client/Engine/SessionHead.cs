using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <summary>What stands first in the state of a session.</summary>
internal sealed record SessionHead(
    OfferKind Way,
    byte Flags,
    DateTimeOffset Created,
    DateTimeOffset? RetiredUntil,
    DateTimeOffset? StandingSent,
    DateTimeOffset PairSince,
    Secret Secret,
    AgreementExporter Exporter,
    ContentTime Clock,
    AcknowledgementPlanner Acknowledgements,
    LeaseWatch Lease,
    IReadOnlyList<string> OutRelays,
    IReadOnlyList<string> InRelays,
    Session Ratchet)
{
    private const byte Confirmed = 1;
    private const byte Left = 2;
    private const byte AlsoSent = 4;
    private const byte AlsoProved = 8;

    public static byte FlagsOf(ChatSession session) =>
        (byte)((session.IsConfirmed ? Confirmed : 0) | (session.TheyLeft ? Left : 0) | (session.AlsoSent ? AlsoSent : 0) | (session.AlsoProved ? AlsoProved : 0));

    /// <summary>The session with its channels, and what the store has of it.</summary>
    public ChatSession Open(OutChannel? pairOut, OutChannel? dataOut, InChannel? pairIn, InChannel? dataIn, InChannel? confirmIn, Dictionary<SlotId, Hash256> stored) => new()
    {
        Ratchet = Ratchet,
        Exporter = Exporter,
        Secret = Secret,
        Way = Way,
        Created = Created,
        OutRelays = OutRelays,
        InRelays = InRelays,
        IsConfirmed = (Flags & Confirmed) != 0,
        TheyLeft = (Flags & Left) != 0,
        AlsoSent = (Flags & AlsoSent) != 0,
        AlsoProved = (Flags & AlsoProved) != 0,
        RetiredUntil = RetiredUntil,
        StandingSent = StandingSent,
        PairSince = PairSince,
        Clock = new ContentClock(Clock),
        Acknowledgements = Acknowledgements,
        Lease = Lease,
        Steps = new StepBudget(default),
        PairOut = pairOut,
        DataOut = dataOut,
        PairIn = pairIn,
        DataIn = dataIn,
        ConfirmIn = confirmIn,
        Stored = stored,
    };
}
