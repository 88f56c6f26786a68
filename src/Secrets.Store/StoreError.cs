namespace Secrets.Store;

/// <summary>Why a store refused. Numbers are permanent. Spec: docs/protocol/store.md §5.</summary>
public enum StoreError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>There is no store here.</summary>
    NotFound = 1,

    /// <summary>There is a store here already.</summary>
    AlreadyExists = 2,

    /// <summary>Another process has the store open.</summary>
    InUse = 3,

    /// <summary>The password is not that of the store or file.</summary>
    WrongPassword = 4,

    /// <summary>Something is damaged; <see cref="StoreException.Damage"/> says what.</summary>
    Damaged = 5,

    /// <summary>The store was moved to another place and its slots were erased.</summary>
    Retired = 6,

    /// <summary>The store or file was written by a later version.</summary>
    NewerVersion = 7,

    /// <summary>The store is open for reading only.</summary>
    ReadOnly = 8,

    /// <summary>The disk refused to write (it may be full); nothing of the transaction was kept.</summary>
    WriteFailed = 9,

    /// <summary>An older header or slot was put in place of the current one.</summary>
    RolledBack = 10,

    /// <summary>The cost of the password's protection is below the least or above the most that is accepted.</summary>
    CostRefused = 11,

    /// <summary>There is no backup root.</summary>
    NoBackupRoot = 12,

    /// <summary>This is not such a file.</summary>
    NotAnExport = 13,

    /// <summary>No key slot of the store opens with this recovery or device key.</summary>
    WrongKey = 14,

    /// <summary>The purge was made, but the disk refused to remove the old files: the next opening does.</summary>
    NotErased = 15,
}
