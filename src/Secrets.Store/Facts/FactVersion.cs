using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>One asserted value with who said it and when; <see cref="IsLive"/> until a later fact replaced or retracted it.</summary>
public sealed class FactVersion
{
    internal FactVersion(FactValue value, CommitStamp stamp, int index)
    {
        Value = value;
        Stamp = stamp;
        Index = index;
    }

    /// <summary>The value.</summary>
    public FactValue Value { get; }

    /// <summary>The device that wrote it.</summary>
    public Ed25519PublicKey Author => Stamp.Author;

    /// <summary>The time of its commit.</summary>
    public HybridTime Time => Stamp.Time;

    /// <summary>The commit that it is part of.</summary>
    public Hash256 Commit => Stamp.Name;

    /// <summary>False once a fact that had seen it replaced or retracted it.</summary>
    public bool IsLive { get; internal set; } = true;

    internal CommitStamp Stamp { get; }

    /// <summary>The place among the facts of its commit.</summary>
    internal int Index { get; }

    internal Dot Dot => new(Stamp.Author, Stamp.Time, Index);

    /// <summary>The last writer wins: by time, device, and place.</summary>
    internal static int Compare(FactVersion left, FactVersion right)
    {
        var byStamp = left.Stamp.CompareTo(right.Stamp);
        return byStamp != 0 ? byStamp : left.Index.CompareTo(right.Index);
    }
}
