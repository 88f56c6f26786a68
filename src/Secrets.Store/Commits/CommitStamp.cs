using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Who wrote a commit and when: what its facts are ordered by.</summary>
internal sealed class CommitStamp : IComparable<CommitStamp>
{
    public CommitStamp(in Ed25519PublicKey author, HybridTime time, in Hash256 name)
    {
        Author = author;
        Time = time;
        Name = name;
    }

    public Ed25519PublicKey Author { get; }

    public HybridTime Time { get; }

    public Hash256 Name { get; }

    /// <summary>By time, then author; the name only tells two commits apart that one device should never have written.</summary>
    public int CompareTo(CommitStamp? other)
    {
        if (other is null)
            return 1;
        var byTime = Time.CompareTo(other.Time);
        if (byTime != 0)
            return byTime;
        var byAuthor = Author.Bytes.SequenceCompareTo(other.Author.Bytes);
        return byAuthor != 0 ? byAuthor : Name.CompareTo(other.Name);
    }
}
