namespace Secrets.Transport.Boxes;

/// <summary>Why a relay's manifest was not taken.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/boxes.md §5.</remarks>
public enum ManifestError
{
    /// <summary>It was taken.</summary>
    None = 0,

    /// <summary>The bytes have another length than the format says.</summary>
    WrongSize = 1,

    /// <summary>The version is not 1.</summary>
    VersionUnknown = 2,

    /// <summary>A field is out of its range, a reserved one not zero, or a key is no key.</summary>
    FieldInvalid = 3,

    /// <summary>The relay's id did not sign it.</summary>
    SignatureInvalid = 4,

    /// <summary>It is of another relay than was asked.</summary>
    OtherRelay = 5,
}
