namespace Secrets.Protocol.Chains;

/// <summary>Why a link was refused. A refused link leaves the chain as it was.</summary>
/// <remarks>Spec: docs/protocol/chains.md §5.</remarks>
public enum ChainError
{
    /// <summary>Accepted.</summary>
    None = 0,

    /// <summary>Fewer bytes than the format asks for.</summary>
    Truncated = 1,

    /// <summary>Bytes after the last field, or a field longer than its limit.</summary>
    TooLong = 2,

    /// <summary>A version or kind that this format does not have.</summary>
    UnknownVersion = 3,

    /// <summary>A field that is no canonical key.</summary>
    InvalidKey = 4,

    /// <summary>An operation without effect, twice, in excess, or heads of other chains where none may be.</summary>
    InvalidOperation = 5,

    /// <summary>The link belongs to another chain.</summary>
    WrongChain = 6,

    /// <summary>The number is not one more than the previous link's.</summary>
    WrongSequence = 7,

    /// <summary>The previous link is not known (yet): keep this one and ask for what is missing.</summary>
    MissingPrevious = 8,

    /// <summary>The signature of the signer is wrong.</summary>
    InvalidSignature = 9,

    /// <summary>The signature of a key that is added is wrong.</summary>
    InvalidBackSignature = 10,

    /// <summary>The signer was not entitled at that position, or not to that operation.</summary>
    NotEntitled = 11,

    /// <summary>A key is added that the chain has seen before.</summary>
    KeyReused = 12,

    /// <summary>A device is revoked that is not in the chain at that position.</summary>
    UnknownDevice = 13,

    /// <summary>The link stands after one whose operation this program does not know.</summary>
    Stopped = 14,

    /// <summary>The chain, or its store of void links, is full.</summary>
    TooMany = 15,
}
