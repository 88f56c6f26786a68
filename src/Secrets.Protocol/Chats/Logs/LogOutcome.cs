namespace Secrets.Protocol.Chats;

/// <summary>What a channel log made of a content message.</summary>
public enum LogOutcome
{
    /// <summary>New, the highest so far.</summary>
    Added = 0,

    /// <summary>New, and it fills a hole.</summary>
    AddedLate = 1,

    /// <summary>Known: no effect, nothing to show.</summary>
    Duplicate = 2,

    /// <summary>Another content at a place that is taken: both are kept and the person is told (decision 14).</summary>
    Equivocation = 3,

    /// <summary>New, but its hash chain contradicts a neighbour: taken, kept as evidence, and the person is told.</summary>
    Inconsistent = 4,

    /// <summary>Number and index do not belong together: refused.</summary>
    WrongNumber = 5,

    /// <summary>Too far above the highest: refused.</summary>
    TooFarAhead = 6,

    /// <summary>Below what the reader was given, or so far below that it is not looked at any more: no effect.</summary>
    TooOld = 7,
}
