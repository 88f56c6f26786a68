using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Which commits are there, and which of them nothing builds on yet, by part.</summary>
internal sealed class CommitGraph
{
    private readonly Dictionary<Hash256, HybridTime> _times;
    private readonly HashSet<Hash256> _signedHeads;
    private readonly HashSet<Hash256> _unsignedHeads;

    public CommitGraph()
    {
        _times = [];
        _signedHeads = [];
        _unsignedHeads = [];
    }

    private CommitGraph(CommitGraph other)
    {
        _times = new(other._times);
        _signedHeads = [.. other._signedHeads];
        _unsignedHeads = [.. other._unsignedHeads];
        Latest = other.Latest;
    }

    /// <summary>The latest time of any commit.</summary>
    public HybridTime Latest { get; private set; }

    public int Count => _times.Count;

    public bool Contains(Hash256 name) => _times.ContainsKey(name);

    public HybridTime TimeOf(Hash256 name) => _times[name];

    public CommitGraph Clone() => new(this);

    public void Add(Commit commit)
    {
        if (!_times.TryAdd(commit.Stamp.Name, commit.Stamp.Time))
            return;
        if (commit.Stamp.Time > Latest)
            Latest = commit.Stamp.Time;
        var heads = HeadSet(commit.Part);
        foreach (var parent in commit.Parents)
            heads.Remove(parent);
        heads.Add(commit.Stamp.Name);
    }

    /// <summary>The heads of a part, ascending.</summary>
    public List<Hash256> Heads(StorePart part)
    {
        var heads = HeadSet(part).ToList();
        heads.Sort((left, right) => left.CompareTo(right));
        return heads;
    }

    private HashSet<Hash256> HeadSet(StorePart part) => part == StorePart.Signed ? _signedHeads : _unsignedHeads;
}
