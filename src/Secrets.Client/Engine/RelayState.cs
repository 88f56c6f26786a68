using Secrets.Client.Network;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <summary>What the loop knows of one relay.</summary>
internal sealed class RelayState(string address, RelayId id, BellChain bells)
{
    private const int MaxRecent = 256;

    // a relay decides how long its bells are
    private const int MaxRecentPrefixes = 65_536;

    private const int MaxHeads = 2_048;
    private const int MaxReported = 64;

    // hashes of the bells heard last, and what others reported of bells that have not rung here yet: the same number has one hash for everybody
    private readonly Dictionary<ulong, Hash256> _heads = [];
    private readonly Dictionary<ulong, Hash256> _reported = [];

    // bells heard last, for addresses that come into a window after they were announced
    private readonly Queue<Bell> _recent = new();

    private readonly Dictionary<BoxAddress, ReadTarget> _targets = [];
    private readonly Dictionary<ChatId, ReadTarget[]> _byChat = [];

    public string Address { get; } = address;

    public RelayId Id { get; } = id;

    public BellChain Bells { get; private set; } = bells;

    public RelayConnection? Connection { get; set; }

    public bool IsUp { get; set; }

    /// <summary>True once a connection stood or failed: until then a round of syncing waits for it.</summary>
    public bool WasTried { get; set; }

    /// <summary>True until the first bell of a connection, which always has a gap before it.</summary>
    public bool IsFreshlyUp { get; set; }

    /// <summary>What is waited for there, by address; as it was when each chat was looked at last.</summary>
    public IReadOnlyDictionary<BoxAddress, ReadTarget> Targets => _targets;

    /// <summary>Chats that changed since.</summary>
    public HashSet<ChatId> Changed { get; } = [];

    /// <summary>Addresses to be read as soon as possible.</summary>
    public HashSet<BoxAddress> Wanted { get; } = [];

    /// <summary>Addresses of which an answer is awaited; one request each at a time.</summary>
    public HashSet<BoxAddress> Underway { get; } = [];

    /// <summary>Addresses of which the relay is to answer when something comes, decoys among them.</summary>
    public HashSet<BoxAddress> Waiting { get; } = [];

    /// <summary>No waiting reads before this time: it does not wait, or takes no more of them.</summary>
    public DateTimeOffset WaitsFrom { get; set; }

    /// <summary>Addresses to be read when a pause is over: announced by a bell, or refused for now.</summary>
    public Dictionary<BoxAddress, DateTimeOffset> Later { get; } = [];

    /// <summary>Copies there of boxes that were taken elsewhere, to be looked at once.</summary>
    public Dictionary<BoxAddress, CopyComparison> Comparisons { get; } = [];

    public FetchBudget Comparing { get; } = new(FetchBudget.ComparisonsPerHour);

    /// <summary>Readers whose window was looked through on this connection.</summary>
    public HashSet<BoxReader> LookedAhead { get; } = [];

    /// <summary>Readers that may be behind: each box is followed by a question for the next, until nothing is there.</summary>
    public HashSet<BoxReader> CatchingUp { get; } = [];

    /// <summary>Readers of which an answer is awaited: a channel is read in order, so that its messages are shown in order.</summary>
    public HashSet<BoxReader> Reading { get; } = [];

    public IReadOnlyList<ReadTarget> TargetsOf(ChatId chat) => _byChat.GetValueOrDefault(chat) ?? [];

    /// <summary>Takes what is waited for in a chat now in the place of what was.</summary>
    public void SetTargets(ChatId chat, ReadTarget[] targets)
    {
        foreach (var before in TargetsOf(chat))
        {
            if (_targets.TryGetValue(before.Address, out var there) && ReferenceEquals(there, before))
                _ = _targets.Remove(before.Address);
        }
        foreach (var target in targets)
            _targets[target.Address] = target;
        if (targets.Length > 0)
            _byChat[chat] = targets;
        else
            _ = _byChat.Remove(chat);
    }

    /// <summary>Remembers a bell; false if somebody else heard another one with its number.</summary>
    public bool Remember(Bell bell)
    {
        _heads[bell.Number] = bell.Hash;
        _ = _heads.Remove(bell.Number - MaxHeads);
        var agrees = !_reported.Remove(bell.Number, out var reported) || reported == bell.Hash;
        _recent.Enqueue(bell);
        RememberedPrefixes += bell.Prefixes.Length;
        while (_recent.Count > MaxRecent || RememberedPrefixes > MaxRecentPrefixes)
            RememberedPrefixes -= _recent.Dequeue().Prefixes.Length;
        return agrees;
    }

    /// <summary>Compares what somebody else heard with what rang here; false if the two contradict each other. What has not rung here yet is compared when it does.</summary>
    public bool Compare(ulong number, Hash256 hash)
    {
        if (_heads.TryGetValue(number, out var own))
            return own == hash;
        if (number > Bells.LastNumber && _reported.Count < MaxReported)
            _ = _reported.TryAdd(number, hash);
        return true;
    }

    /// <summary>Begins to count bells anew.</summary>
    public void StartBells(BellChain bells)
    {
        Bells = bells;
        _heads.Clear();
        _reported.Clear();
    }

    public int RememberedPrefixes { get; private set; }

    public bool WasAnnounced(BoxAddress address) => _recent.Any(b => b.MayHave(address));

    /// <summary>Forgets what belongs to one connection.</summary>
    public void ForgetConnection()
    {
        LookedAhead.Clear();
        CatchingUp.Clear();
        Reading.Clear();
        Wanted.Clear();
        Underway.Clear();
        Waiting.Clear();
        WaitsFrom = default;
        _recent.Clear();
        RememberedPrefixes = 0;
    }

    /// <summary>Nothing is written there before this time: it refused.</summary>
    public DateTimeOffset WritesFrom { get; set; }

    public int Refusals { get; set; }
}
