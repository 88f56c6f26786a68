using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <summary>One agreement with the other side's device and everything that hangs on it: ratchet, channels, what was sent.</summary>
internal sealed class ChatSession : IDisposable
{
    public required Session Ratchet { get; init; }

    public required AgreementExporter Exporter { get; init; }

    /// <summary>The secret by which the two met; of two agreements that of the smaller one gives the session.</summary>
    public required Secret Secret { get; init; }

    public required OfferKind Way { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Where this side's boxes lie.</summary>
    public required IReadOnlyList<string> OutRelays { get; init; }

    /// <summary>Where the other side's boxes lie.</summary>
    public required IReadOnlyList<string> InRelays { get; init; }

    public Hash256 Id => Ratchet.Transcript;

    public AgreementRole Role => Ratchet.Role;

    /// <summary>True once the owner's confirmation was written, or read.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>Set when another session took its place: read until then, never written.</summary>
    public DateTimeOffset? RetiredUntil { get; set; }

    public bool TheyLeft { get; set; }

    /// <summary>When a standing offer was last sent in it.</summary>
    public DateTimeOffset? StandingSent { get; set; }

    /// <summary>The other agreement's proof was sent; and a right one came.</summary>
    public bool AlsoSent { get; set; }

    public bool AlsoProved { get; set; }

    public OutChannel? PairOut { get; set; }

    /// <summary>When the present pair channel began to be written: it is replaced in time (decision 1).</summary>
    public DateTimeOffset PairSince { get; set; }

    /// <summary>What is still followed of pair channels that were replaced; their write capabilities are erased.</summary>
    public List<SendingLog> OldPairOuts { get; } = [];

    /// <summary>Pair channels of the other side that were replaced, until nothing of them is missing and they were acknowledged.</summary>
    public List<InChannel> OldPairIns { get; } = [];

    /// <summary>Only the guest writes here, until the confirmation came.</summary>
    public OutChannel? DataOut { get; set; }

    public InChannel? PairIn { get; set; }

    public InChannel? DataIn { get; set; }

    /// <summary>The guest's look-out for the confirmation.</summary>
    public InChannel? ConfirmIn { get; set; }

    /// <summary>The owner's channel of one box; gone once the confirmation is sealed.</summary>
    public OutChannel? ConfirmOut { get; set; }

    public required ContentClock Clock { get; init; }

    public AcknowledgementPlanner Acknowledgements { get; init; } = new();

    public required LeaseWatch Lease { get; init; }

    /// <summary>Only budgets, so it may be forgotten.</summary>
    public RepairPlanner Repairs { get; } = new();

    /// <summary>Answers to requests for boxes, with the time at which they go. Not stored: who still misses something asks again.</summary>
    public List<(DateTimeOffset Due, RepairAnswerMessage Answer)> RepairAnswers { get; } = [];

    public required StepBudget Steps { get; init; }

    /// <summary>When bells are told of next. Not stored: the first message after a start tells of them.</summary>
    public DateTimeOffset BellHeadsDue { get; set; }

    public SentBoxes Boxes { get; } = new();

    /// <summary>Long texts of which the pointer is here.</summary>
    public List<TextFetch> Fetches { get; } = [];

    public TextAssembler Parts { get; set; } = new();

    /// <summary>The signal of a call of which parts are here. Not stored: an unfinished one is of no use after a start.</summary>
    public CallSignalAssembler Signals { get; } = new();

    /// <summary>What the store has of it beside its state and its boxes, by slot.</summary>
    public Dictionary<Store.SlotId, Hash256> Stored { get; init; } = [];

    public bool IsRetired => RetiredUntil is not null;

    /// <summary>True if nothing is read of it: it stays until its last box is at its relays.</summary>
    public bool IsParted => IsRetired && !Readers.Any();

    /// <summary>All logs of what this side wrote.</summary>
    public IEnumerable<(SessionChannel Channel, SendingLog Log)> OutLogs
    {
        get
        {
            if (PairOut is not null)
                yield return (SessionChannel.Pair, PairOut.Log);
            foreach (var log in OldPairOuts)
                yield return (SessionChannel.Pair, log);
            if (DataOut is not null)
                yield return (SessionChannel.Data, DataOut.Log);
        }
    }

    /// <summary>All channels of which something is received: the pair channels, the newest first, and a guest's data channel.</summary>
    public IEnumerable<(SessionChannel Channel, InChannel Input)> Inputs
    {
        get
        {
            if (PairIn is not null)
                yield return (SessionChannel.Pair, PairIn);
            foreach (var old in OldPairIns)
                yield return (SessionChannel.Pair, old);
            // an owner writes no data boxes in a chat of two
            if (DataIn is not null && Role == AgreementRole.Owner)
                yield return (SessionChannel.Data, DataIn);
        }
    }

    /// <summary>All that is kept of channels that are or were read.</summary>
    public IEnumerable<InChannel> AllInputs => new[] { PairIn, DataIn, ConfirmIn }.OfType<InChannel>().Concat(OldPairIns);

    /// <summary>The channels that are read.</summary>
    public IEnumerable<(SessionChannel Channel, BoxReader Reader)> Readers
    {
        get
        {
            if (ConfirmIn is not null)
                yield return (SessionChannel.Confirm, ConfirmIn.Reader);
            foreach (var (channel, input) in Inputs.Where(i => !OldPairIns.Contains(i.Input) || i.Input.Log.Holes.Count > 0))
                yield return (channel, input.Reader);
            foreach (var fetch in Fetches)
                yield return (SessionChannel.Temporary, fetch.Reader);
        }
    }

    public static ChatSession AsGuest(Agreement agreement, SecretTry entered, OutChannel pair, OutChannel data, IReadOnlyList<string> outRelays, IReadOnlyList<string> inRelays, IReadOnlyList<RelayId> inIds, DateTimeOffset now) => new()
    {
        Ratchet = agreement.Session,
        Exporter = agreement.Exporter,
        Secret = Copy(entered.Secret),
        Way = entered.Kind,
        Created = now,
        PairSince = now,
        OutRelays = outRelays,
        InRelays = inRelays,
        PairOut = pair,
        DataOut = data,
        ConfirmIn = InChannel.Start(TakeReading(agreement.ConfirmChannel), inIds, 0),
        Clock = new ContentClock(default),
        Lease = new LeaseWatch(now),
        Steps = new StepBudget(now),
    };

    public static ChatSession AsOwner(Agreement agreement, OwnOffer offer, AnswerContent content, IReadOnlyList<string> inRelays, IReadOnlyList<RelayId> inIds, RandomSource random, DateTimeOffset now) => new()
    {
        Ratchet = agreement.Session,
        Exporter = agreement.Exporter,
        Secret = Copy(offer.Secret),
        Way = offer.Offer.Kind,
        Created = now,
        PairSince = now,
        OutRelays = offer.Offer.Relays,
        InRelays = inRelays,
        IsConfirmed = true,
        PairOut = OutChannel.Start(WriteCapability.Generate(random), ContentCarrier.Session),
        DataOut = OutChannel.Start(WriteCapability.Generate(random), ContentCarrier.DataBox),
        ConfirmOut = OutChannel.Start(agreement.ConfirmChannel, ContentCarrier.Session),
        PairIn = InChannel.Start(Copy(content.PairChannel), inIds, 0),
        DataIn = InChannel.Start(Copy(content.DataChannel), inIds, 0),
        Clock = new ContentClock(default),
        Lease = new LeaseWatch(now),
        Steps = new StepBudget(now),
    };

    /// <summary>Ends reading for good, and erases what it takes.</summary>
    public void CloseInputs()
    {
        foreach (var input in AllInputs)
            input.Dispose();
        OldPairIns.Clear();
        PairIn = null;
        DataIn = null;
        ConfirmIn = null;
        foreach (var fetch in Fetches)
            fetch.Dispose();
        Fetches.Clear();
    }

    public void Dispose()
    {
        Ratchet.Dispose();
        Exporter.Dispose();
        Secret.Dispose();
        PairOut?.Dispose();
        DataOut?.Dispose();
        ConfirmOut?.Dispose();
        PairIn?.Dispose();
        DataIn?.Dispose();
        ConfirmIn?.Dispose();
        foreach (var old in OldPairIns)
            old.Dispose();
        foreach (var fetch in Fetches)
            fetch.Dispose();
    }

    private static Secret Copy(Secret secret)
    {
        Span<byte> bytes = stackalloc byte[Secret.Size];
        secret.ExportForVault(bytes);
        var copy = Secret.FromBytes(bytes, []);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return copy;
    }

    private static ReadCapability Copy(ReadCapability capability)
    {
        Span<byte> bytes = stackalloc byte[ReadCapability.Size];
        capability.Write(bytes);
        _ = ReadCapability.TryRead(bytes, out var copy);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return copy!;
    }

    private static ReadCapability TakeReading(WriteCapability channel)
    {
        // the guest reads this channel and never writes it
        using (channel)
            return channel.GrantRead();
    }
}
