namespace Secrets.Relay.Storage;

/// <summary>What a checkpoint does with the write-ahead log.</summary>
internal enum CheckpointMode
{
    /// <summary>Moves what can be moved, and holds up nobody.</summary>
    Move = 0,

    /// <summary>Moves all and empties the file.</summary>
    Truncate = 1,
}
