namespace Secrets.Store;

/// <summary>Why a commit was refused. Numbers are permanent. Spec: docs/protocol/store.md §5.</summary>
public enum CommitError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Too short, too long, or a field out of its range.</summary>
    Malformed = 1,

    /// <summary>Readable, but not the one way to write it.</summary>
    NotCanonical = 2,

    /// <summary>Written in a later version of the format.</summary>
    UnknownVersion = 3,

    /// <summary>A leaf or chunk that it names isn't there.</summary>
    MissingNode = 4,

    /// <summary>The signature isn't the author's.</summary>
    BadSignature = 5,

    /// <summary>It belongs to another ledger.</summary>
    OtherLedger = 6,

    /// <summary>Its time isn't later than that of its parents.</summary>
    TimeGoesBack = 7,

    /// <summary>Its time is more than 24 hours ahead: held back until then.</summary>
    AheadOfTime = 8,

    /// <summary>A parent isn't there yet: held back until it is.</summary>
    MissingParent = 9,
}
