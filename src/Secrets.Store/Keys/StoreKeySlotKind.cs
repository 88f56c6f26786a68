namespace Secrets.Store;

/// <summary>What opens a key slot. Numbers are permanent.</summary>
public enum StoreKeySlotKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The password.</summary>
    Password = 1,

    /// <summary>A recovery key, which a person keeps on paper.</summary>
    Recovery = 2,

    /// <summary>A device's key.</summary>
    Device = 3,
}
