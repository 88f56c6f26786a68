namespace Secrets.Relay.Storage;

/// <summary>What SQLite could not do, as far as the relay acts on it.</summary>
internal enum SqliteFault
{
    /// <summary>Nothing happened.</summary>
    None = 0,

    /// <summary>No room on the disk or within the quota.</summary>
    Full = 1,

    /// <summary>Reading or writing a file failed.</summary>
    Io = 2,

    /// <summary>The file is damaged or is no database.</summary>
    Damaged = 3,

    /// <summary>Another connection holds a lock for too long.</summary>
    Busy = 4,

    /// <summary>Anything else.</summary>
    Other = 5,
}
