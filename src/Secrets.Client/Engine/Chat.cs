using Secrets.Client.Views;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using ProtocolChatId = Secrets.Protocol.Sessions.ChatId;

namespace Secrets.Client.Engine;

/// <summary>A chat in memory: its facts, its keys, its sessions. Owned by the engine's loop.</summary>
internal sealed class Chat(ChatId id, EntityId entity, ParticipantChain ownChain) : IDisposable
{
    private readonly Dictionary<MessageId, Line> _byId = [];

    public ChatId Id { get; } = id;

    public EntityId Entity { get; } = entity;

    // facts

    public string Name { get; set; } = "";

    /// <summary>True once this person gave the chat a name of their own.</summary>
    public bool IsNamed { get; set; }

    /// <summary>What this person calls the other.</summary>
    public string? GivenName { get; set; }

    public string? TheirName { get; set; }

    public DateTimeOffset Created { get; set; }

    public ParticipantChain OwnChain { get; set; } = ownChain;

    public ParticipantChain? TheirChain { get; set; }

    /// <summary>The other side's newest standing offer: the way back after a copy.</summary>
    public Offer? TheirOffer { get; set; }

    /// <summary>What the other side answers when it comes back from a copy.</summary>
    public PublishedOffer? OwnOffer { get; set; }

    public ProtocolChatId ProtocolId { get; set; }

    public Verification Verification { get; set; }

    public bool SeveralHands { get; set; }

    /// <summary>Left, stopped, or neither.</summary>
    public ChatStage? Ending { get; set; }

    /// <summary>True if the person wants no sign of what is said in it.</summary>
    public bool IsMuted { get; set; }

    /// <summary>True once the person deleted it: hidden, and gone as soon as the goodbye is at its relays.</summary>
    public bool IsDeleted { get; set; }

    public long ReadTo { get; set; }

    /// <summary>The relays at which this side's boxes of this chat lie.</summary>
    public List<string> OwnRelays { get; } = [];

    /// <summary>The number that both compare, once it was asked for.</summary>
    public string? SafetyNumber { get; set; }

    public List<Line> Lines { get; } = [];

    // slots: none of this comes back from a copy

    /// <summary>Null after a copy without a way back.</summary>
    public DeviceKeys? Device { get; set; }

    /// <summary>The offer behind this chat's own secret.</summary>
    public OwnOffer? Link { get; set; }

    public List<OwnOffer> Standing { get; } = [];

    public List<SecretTry> Tries { get; } = [];

    public List<ChatSession> Sessions { get; } = [];

    /// <summary>What is still taken of the other side.</summary>
    public FetchBudget Fetching { get; init; } = new();

    public List<PendingDelete> Deletes { get; } = [];

    public long NextPosition => Lines.Count == 0 ? 1 : Lines[^1].Position + 1;

    /// <summary>
    /// The session in which is written now; null while nobody is there. Confirmed ones first; one through a standing offer before those of
    /// secrets; of two secrets the smaller gives it, of two returns the smaller name (decisions 4 and 12).
    /// </summary>
    public ChatSession? Current => Sessions
        .Where(s => !s.IsRetired && !IsLost(s))
        .OrderByDescending(s => s.IsConfirmed)
        .ThenByDescending(s => s.Way == OfferKind.Standing)
        .ThenBy(s => s, Comparer<ChatSession>.Create(Precedence))
        .FirstOrDefault();

    public ChatStage Stage
    {
        get
        {
            if (Ending is { } ending)
                return ending;
            if (Current is { } session)
                return session.IsConfirmed ? ChatStage.Open : session.Way == OfferKind.Standing ? ChatStage.Returning : ChatStage.Joined;
            if (Tries.Any(t => t.Stage is TryStage.Searching or TryStage.Answered))
                return Tries.Any(t => t.Kind == OfferKind.Standing) ? ChatStage.Returning : ChatStage.Joining;
            if (Link is { IsUsed: false })
                return ChatStage.WaitingForGuest;
            return Tries.Any(t => t.Kind == OfferKind.Link) ? ChatStage.SecretFailed : ChatStage.NeedsNewSecret;
        }
    }

    /// <summary>The own offer whose private half stayed with the source of a copy, while this side waits to be let back in through the other's.</summary>
    public PublishedOffer? LostOffer =>
        OwnOffer is { } own && Stage == ChatStage.Returning && !Standing.Any(s => s.Secret.Id == own.Secret.Id) ? own : null;

    /// <summary>True where another guest was taken; should the owner confirm all the same, the session counts.</summary>
    private bool IsLost(ChatSession session) =>
        !session.IsConfirmed && Tries.Any(t => t.Stage == TryStage.Failed && t.Secret.Id == session.Secret.Id);

    /// <summary>The session that waits for the confirmation of an answer, if there is one.</summary>
    public ChatSession? Unconfirmed(SecretTry entered) =>
        Sessions.FirstOrDefault(s => s.ConfirmIn is not null && !s.IsConfirmed && s.Secret.Id == entered.Secret.Id);

    public Line? Find(MessageId message) => _byId.GetValueOrDefault(message);

    public void Add(Line line)
    {
        _byId[line.Id] = line;
        Lines.Add(line);
    }

    public void ClearLines()
    {
        _byId.Clear();
        Lines.Clear();
    }

    /// <summary>How many messages of the other side came since the chat was last read: counted from the newest, as old ones are many.</summary>
    public int CountUnread()
    {
        var count = 0;
        for (var i = Lines.Count - 1; i >= 0 && Lines[i].Position > ReadTo; i--)
        {
            if (Lines[i] is { Own: false, Kind: not MessageKind.Notice })
                count++;
        }
        return count;
    }

    /// <summary>The last lines before a position, the oldest of them first.</summary>
    public IReadOnlyList<Line> Page(long? before, int count)
    {
        var end = before is null ? Lines.Count : IndexOf(before.Value);
        var start = Math.Max(0, end - count);
        return Lines.GetRange(start, end - start);
    }

    // lines are in the order of their positions
    private int IndexOf(long position)
    {
        var (low, high) = (0, Lines.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Lines[middle].Position < position)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static int Precedence(ChatSession a, ChatSession b) =>
        a.Way == OfferKind.Standing && b.Way == OfferKind.Standing ? a.Id.CompareTo(b.Id) : a.Secret.CompareTo(b.Secret);

    public void Dispose()
    {
        Device?.Dispose();
        Link?.Dispose();
        OwnOffer?.Dispose();
        foreach (var offer in Standing)
            offer.Dispose();
        foreach (var entered in Tries)
            entered.Dispose();
        foreach (var session in Sessions)
            session.Dispose();
    }
}
