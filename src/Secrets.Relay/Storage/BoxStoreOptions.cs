namespace Secrets.Relay.Storage;

/// <summary>Where boxes lie, how long and how many.</summary>
internal sealed class BoxStoreOptions
{
    /// <summary>The data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Days a box is kept after its last write.</summary>
    public int KeepDays { get; init; } = 21;

    /// <summary>Bytes that the boxes may take; 0 for no limit but the disk's.</summary>
    public long QuotaBytes { get; init; }

    /// <summary>Bytes of the disk that are left free.</summary>
    public long ReserveBytes { get; init; } = 128L << 20;

    /// <summary>Pages the file may have, as a disk that is full in earnest; 0 for no limit.</summary>
    internal long MaxPagesForTestsOnly { get; init; }
}
