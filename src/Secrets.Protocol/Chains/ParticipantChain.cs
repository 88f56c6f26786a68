using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>The devices of one participant in one chat: the ledger of signed links as one reader knows it.</summary>
/// <remarks>
/// Holds every valid link, those that lost a fork too: they are void, kept as proof and shown. What stands is a function of the
/// set of links alone. One owner, no threads. Spec: docs/protocol/chains.md §4.
/// </remarks>
public sealed partial class ParticipantChain
{
    /// <summary>Most links in a chain, the first and the void ones included.</summary>
    public const int MaxLinks = 4_096;

    /// <summary>Most void links that are kept.</summary>
    public const int MaxVoidLinks = 64;

    /// <summary>Most devices at one time.</summary>
    public const int MaxDevices = ChainPosition.MaxDevices;

    private readonly Dictionary<Hash256, ChainNode> _nodes = [];
    private readonly List<ChainNode> _order = [];
    private ChainNode _tip;
    private int _standing = 1;

    private ParticipantChain(FirstLink first)
    {
        First = first;
        _tip = new ChainNode(null, null, first.Hash, ChainPosition.Start(first));
        _nodes.Add(first.Hash, _tip);
        _order.Add(_tip);
        HighWater = Head;
    }

    /// <summary>The participant: the hash of the first link.</summary>
    public ParticipantId Id => First.Participant;

    /// <summary>The first link.</summary>
    public FirstLink First { get; }

    /// <summary>The last link that stands.</summary>
    public ChainHead Head => new(_tip.Sequence, _tip.Hash);

    /// <summary>The highest head ever seen or reported; below it after a loss of state, or when links are withheld.</summary>
    public ChainHead HighWater { get; private set; }

    /// <summary>True if somebody has seen more of this chain than we have.</summary>
    public bool IsBehind => HighWater.Sequence > _tip.Sequence;

    /// <summary>True if the last link that stands holds an operation that this program does not know: trust nothing new here, update.</summary>
    public bool IsStopped => _tip.Stops;

    /// <summary>The devices now, in the order in which they were added.</summary>
    public IReadOnlyList<ChainDevice> Devices => _tip.Position.Devices;

    /// <summary>The recovery key now.</summary>
    public Ed25519PublicKey RecoveryKey => _tip.Position.Recovery;

    /// <summary>The links that stand after the first, in order.</summary>
    public IReadOnlyList<Link> Links
    {
        get
        {
            var links = new List<Link>(_standing);
            for (var node = _tip; node?.Link is not null; node = node.Parent)
                links.Add(node.Link);
            links.Reverse();
            return links;
        }
    }

    /// <summary>The links that lost a fork: proof, to be kept and shown. In the order of their hashes.</summary>
    public IReadOnlyList<Link> VoidLinks
    {
        get
        {
            var standing = Links.Select(l => l.Hash).ToHashSet();
            return [.. _order.Where(n => n.Link is not null && !standing.Contains(n.Hash)).Select(n => n.Link!)
                .OrderBy(l => l.Hash, Comparer<Hash256>.Create((x, y) => x.CompareTo(y)))];
        }
    }

    /// <summary>True if two links claim one place somewhere.</summary>
    public bool HasForks => _order.Count > _standing;

    /// <summary>A chain of which only the first link is known.</summary>
    public static ChainError TryStart(ReadOnlySpan<byte> firstLink, out ParticipantChain? chain)
    {
        chain = null;
        var error = FirstLink.TryRead(firstLink, out var first);
        if (error == ChainError.None && first is not null)
            chain = new ParticipantChain(first);
        return error;
    }

    /// <summary>Takes a link from anybody. A refused link changes nothing; one that was known is accepted without effect.</summary>
    /// <param name="link">The link; who passed it on does not matter.</param>
    /// <param name="change">What the link did.</param>
    public ChainError TryAppend(Link link, out ChainChange change)
    {
        ArgumentNullException.ThrowIfNull(link);
        change = ChainChange.None;
        if (link.Chain != Id)
            return ChainError.WrongChain;
        if (_nodes.ContainsKey(link.Hash))
            return ChainError.None;
        if (!_nodes.TryGetValue(link.Previous, out var parent))
            return ChainError.MissingPrevious;
        if (link.Sequence != parent.Sequence + 1)
            return ChainError.WrongSequence;
        if (parent.Stops)
            return ChainError.Stopped;
        var error = parent.Position.TryApply(link, out var position);
        if (error != ChainError.None || position is null)
            return error;
        if (_order.Count >= MaxLinks || (!ReferenceEquals(parent, _tip) && _order.Count - _standing >= MaxVoidLinks))
            return ChainError.TooMany;
        change = Insert(new ChainNode(link, parent, link.Hash, position));
        return ChainError.None;
    }

    /// <summary>True if the key belongs to a device that is in the chain now.</summary>
    public bool IsCurrentDevice(Ed25519PublicKey key) => Devices.Any(d => d.Key == key);

    /// <summary>Compares a head that somebody reports, and keeps it if it is the highest seen (decision 7: heads travel with messages).</summary>
    public HeadStanding NoteHead(ChainHead reported)
    {
        if (_nodes.TryGetValue(reported.Hash, out var node) && node.Sequence == reported.Sequence)
        {
            if (ReferenceEquals(node, _tip))
                return HeadStanding.Current;
            return Stands(node) ? HeadStanding.Behind : HeadStanding.Void;
        }

        if (reported.Sequence > HighWater.Sequence)
            HighWater = reported;
        return reported.Sequence > _tip.Sequence ? HeadStanding.Ahead : HeadStanding.Forked;
    }

    private ChainChange Insert(ChainNode node)
    {
        var parent = node.Parent!;
        var forked = HasForks || parent.Children.Count > 0;
        var oldTip = _tip;
        parent.Children.Add(node);
        _nodes.Add(node.Hash, node);
        _order.Add(node);
        if (forked)
        {
            // parents come before children in the list, so backwards every branch is decided before it is compared
            for (var i = _order.Count - 1; i >= 0; i--)
                _order[i].Winner = ForkRules.Decide(_order[i]);
        }
        else
        {
            parent.Winner = node;
        }

        _tip = _order[0];
        _standing = 1;
        for (; _tip.Winner is not null; _tip = _tip.Winner)
            _standing++;
        if (_tip.Sequence >= HighWater.Sequence)
            HighWater = Head;
        if (ReferenceEquals(_tip.Parent, oldTip))
            return ChainChange.Extended;
        return ReferenceEquals(_tip, oldTip) ? ChainChange.Void : ChainChange.Reorganised;
    }

    private bool Stands(ChainNode node)
    {
        for (var standing = _tip; standing is not null; standing = standing.Parent)
        {
            if (ReferenceEquals(standing, node))
                return true;
        }

        return false;
    }
}
