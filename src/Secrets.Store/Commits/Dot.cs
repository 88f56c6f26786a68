using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The identity of one asserted fact: author, time of the commit, place in the commit.</summary>
internal readonly struct Dot : IEquatable<Dot>
{
    public Dot(in Ed25519PublicKey author, HybridTime time, int index)
    {
        Author = author;
        Time = time;
        Index = index;
    }

    public Ed25519PublicKey Author { get; }

    public HybridTime Time { get; }

    public int Index { get; }

    public bool Equals(Dot other) => Time == other.Time && Index == other.Index && Author == other.Author;

    public override bool Equals(object? obj) => obj is Dot other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Time, Index);
}
