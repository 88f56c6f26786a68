using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>One asserted value with who said it and when; <see cref="IsLive"/> until a later fact replaced or retracted it.</summary>
public sealed class FactVersion
{
    internal FactVersion(FactValue value, Ed25519PublicKey author, HybridTime time, int index, Hash256 commit)
    {
        Value = value;
        Author = author;
        Time = time;
        Index = index;
        Commit = commit;
    }

    /// <summary>The value.</summary>
    public FactValue Value { get; }

    /// <summary>The device that wrote it.</summary>
    public Ed25519PublicKey Author { get; }

    /// <summary>The time of its commit.</summary>
    public HybridTime Time { get; }

    /// <summary>The commit that it is part of.</summary>
    public Hash256 Commit { get; }

    /// <summary>False once a fact that had seen it replaced or retracted it.</summary>
    public bool IsLive { get; internal set; } = true;

    /// <summary>The place among the facts of its commit.</summary>
    internal int Index { get; }
}
