namespace Secrets.Store;

/// <summary>All versions of one attribute of one entity, and the rule that says which of them hold.</summary>
/// <remarks>
/// A version holds until a fact that had seen it ends it. What concurrent authors wrote all holds: a set shows all of it, a
/// single attribute the latest, and the rest are conflicts. The order in which commits arrive makes no difference.
/// </remarks>
internal sealed class FactCell
{
    private readonly List<FactVersion> _versions = new(1);
    private HashSet<Dot>? _endedUnseen;

    public IReadOnlyList<FactVersion> Versions => _versions;

    public bool HasLive
    {
        get
        {
            for (var i = _versions.Count - 1; i >= 0; i--)
            {
                if (_versions[i].IsLive)
                    return true;
            }
            return false;
        }
    }

    /// <summary>The one that a single attribute shows; null if none holds.</summary>
    public FactVersion? Winner
    {
        get
        {
            FactVersion? winner = null;
            for (var i = _versions.Count - 1; i >= 0; i--)
            {
                if (_versions[i].IsLive && (winner is null || FactVersion.Compare(_versions[i], winner) > 0))
                    winner = _versions[i];
            }
            return winner;
        }
    }

    public void End(in Dot dot)
    {
        var isKnown = false;
        for (var i = _versions.Count - 1; i >= 0; i--)
        {
            var version = _versions[i];
            if (version.Stamp.Time == dot.Time && version.Index == dot.Index && version.Stamp.Author == dot.Author)
            {
                version.IsLive = false;
                isKnown = true;
            }
        }
        if (!isKnown)
            (_endedUnseen ??= []).Add(dot);
    }

    public void Add(FactVersion version)
    {
        version.IsLive = _endedUnseen is null || !_endedUnseen.Contains(version.Dot);
        foreach (var other in _versions)
        {
            // two facts under one identity: a device that wrote twice; what ends one ends both
            if (!other.IsLive && other.Stamp.Time == version.Stamp.Time && other.Dot.Equals(version.Dot))
                version.IsLive = false;
        }
        _versions.Add(version);
    }

    /// <summary>Forgets versions and wipes their values; what they had ended stays ended.</summary>
    public void Remove(HashSet<FactVersion> versions)
    {
        foreach (var version in versions)
            version.Value.Wipe();
        _versions.RemoveAll(versions.Contains);
    }

    public IEnumerable<FactVersion> Live() => _versions.Where(version => version.IsLive);
}
