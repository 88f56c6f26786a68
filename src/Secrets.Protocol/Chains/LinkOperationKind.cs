namespace Secrets.Protocol.Chains;

/// <summary>The operations of a participant chain.</summary>
public enum LinkOperationKind
{
    /// <summary>An operation that this program does not know.</summary>
    Unknown = 0,

    /// <summary>A device joins.</summary>
    AddDevice = 1,

    /// <summary>A device leaves for good.</summary>
    Revoke = 2,

    /// <summary>The recovery key is replaced.</summary>
    ReplaceRecovery = 3,
}
