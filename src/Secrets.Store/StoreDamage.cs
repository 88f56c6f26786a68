namespace Secrets.Store;

/// <summary>What is damaged, as far as it can be said without naming anything secret.</summary>
public enum StoreDamage
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The list of key slots.</summary>
    KeySlots = 1,

    /// <summary>The header.</summary>
    Header = 2,

    /// <summary>The log, before its last record.</summary>
    Log = 3,

    /// <summary>The end of the log: acknowledged commits are missing.</summary>
    LogEnd = 4,

    /// <summary>A pack of blobs.</summary>
    Pack = 5,

    /// <summary>A commit, or one that it builds on, is missing or not canonical.</summary>
    Commit = 6,

    /// <summary>A slot.</summary>
    Slot = 7,

    /// <summary>An export file.</summary>
    Export = 8,

    /// <summary>The header: an older one stands in place of the current.</summary>
    HeaderRolledBack = 9,
}
