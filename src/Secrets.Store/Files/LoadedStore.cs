namespace Secrets.Store;

/// <summary>What was found at opening.</summary>
internal sealed class LoadedStore
{
    /// <summary>The commits that are whole with all that they build on, earliest first.</summary>
    public List<Commit> Commits { get; } = [];

    /// <summary>What is damaged; the store is read-only unless this is empty.</summary>
    public List<StoreDamage> Damage { get; } = [];

    public bool IsRetired { get; set; }

    /// <summary>A purge was begun and its key never came into the header, or slots were erased and no purge followed.</summary>
    public bool NeedsPurge { get; set; }

    /// <summary>Bytes after the last whole record: of a write that was never acknowledged.</summary>
    public ReadOnlyMemory<byte> TornEnd { get; set; }

    public void AddDamage(StoreDamage damage)
    {
        if (!Damage.Contains(damage))
            Damage.Add(damage);
    }
}
