namespace Secrets.Store;

/// <summary>What became of the commits of a bundle; those that were there already aren't counted.</summary>
public sealed class MergeResult
{
    private readonly Dictionary<CommitError, int> _counts = [];

    /// <summary>How many were taken in.</summary>
    public int Accepted => this[CommitError.None];

    /// <summary>How many may come again later: their parents are missing or their time is ahead.</summary>
    public int HeldBack => this[CommitError.MissingParent] + this[CommitError.AheadOfTime];

    /// <summary>How many had this outcome.</summary>
    public int this[CommitError error] => _counts.GetValueOrDefault(error);

    internal void Count(CommitError error) => _counts[error] = this[error] + 1;
}
