namespace Secrets.Store;

/// <summary>What a record of the log is. Numbers are permanent.</summary>
internal enum RecordKind
{
    /// <summary>No record.</summary>
    None = 0,

    /// <summary>The first record: lengths of the packs, all slots.</summary>
    Start = 1,

    /// <summary>One flush: commits and slot versions.</summary>
    Batch = 2,

    /// <summary>All slots under a new slot key.</summary>
    Table = 3,
}
