namespace Secrets.Store;

/// <summary>The environment of a store refused: wrong password, in use, damaged, disk full.</summary>
public sealed class StoreException : Exception
{
    /// <summary>A refusal for this reason.</summary>
    public StoreException(StoreError code)
        : this(code, StoreDamage.None)
    {
    }

    /// <summary>A refusal because of this damage.</summary>
    public StoreException(StoreError code, StoreDamage damage)
        : this(code, damage, null)
    {
    }

    /// <summary>A refusal with the exception behind it.</summary>
    public StoreException(StoreError code, StoreDamage damage, Exception? innerException)
        : base(Describe(code), innerException)
    {
        Code = code;
        Damage = damage;
    }

    /// <summary>The reason.</summary>
    public StoreError Code { get; }

    /// <summary>What is damaged, if that is the reason.</summary>
    public StoreDamage Damage { get; }

    private static string Describe(StoreError code) => code switch
    {
        StoreError.None => "No error.",
        StoreError.NotFound => "There is no store here.",
        StoreError.AlreadyExists => "There is a store here already.",
        StoreError.InUse => "Another program has this store open.",
        StoreError.WrongPassword => "The password is wrong.",
        StoreError.Damaged => "The store or file is damaged.",
        StoreError.Retired => "This store was moved to another place.",
        StoreError.NewerVersion => "This was written by a later version.",
        StoreError.ReadOnly => "The store is open for reading only.",
        StoreError.WriteFailed => "The disk refused to write; nothing of the change was kept.",
        StoreError.RolledBack => "An older copy of a part of the store was put in place of the current one.",
        StoreError.CostRefused => "The protection of the password is below the least cost, or above the most that is accepted.",
        StoreError.NoBackupRoot => "The store has no backup root.",
        StoreError.NotAnExport => "This is not an exported identity.",
        StoreError.NotErased => "The disk refused to remove what was purged; it is removed when the store is opened anew.",
        StoreError.WrongKey => "No key slot opens with this key.",
    };
}
