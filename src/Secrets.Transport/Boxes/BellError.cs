namespace Secrets.Transport.Boxes;

/// <summary>What a bell is to who follows a relay's bells.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/boxes.md §5.</remarks>
public enum BellError
{
    /// <summary>It is well formed; in a chain: it follows the one before.</summary>
    None = 0,

    /// <summary>The bytes have another length than the format says.</summary>
    WrongSize = 1,

    /// <summary>The version is not 1, a reserved byte is not zero, or the number of prefixes is out of range.</summary>
    FormatUnknown = 2,

    /// <summary>The prefixes are not in strictly ascending order.</summary>
    NotAscending = 3,

    /// <summary>The relay's key did not sign it.</summary>
    SignatureInvalid = 4,

    /// <summary>Taken, but bells between are missing: ask for everything that is expected.</summary>
    Gap = 5,

    /// <summary>The number was passed already: nothing happens.</summary>
    Old = 6,

    /// <summary>Signed by the relay, but it contradicts a bell that was taken: the relay rings differently for different people. Keep it.</summary>
    Fork = 7,
}
