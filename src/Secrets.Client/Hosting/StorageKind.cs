namespace Secrets.Client.Hosting;

/// <summary>What becomes of what is stored in a place.</summary>
public enum StorageKind
{
    /// <summary>It is kept.</summary>
    Kept = 0,

    /// <summary>Nothing can be kept: it is gone with the program.</summary>
    Memory = 1,
}
