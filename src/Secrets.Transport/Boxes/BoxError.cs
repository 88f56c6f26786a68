namespace Secrets.Transport.Boxes;

/// <summary>Why a box, a delete, a capability or a channel state was not taken.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/boxes.md §5.</remarks>
public enum BoxError
{
    /// <summary>It was taken.</summary>
    None = 0,

    /// <summary>The bytes have another length than the format says.</summary>
    WrongSize = 1,

    /// <summary>The address is none that is expected here.</summary>
    NotExpected = 2,

    /// <summary>The signature does not verify strictly under the address.</summary>
    SignatureInvalid = 3,

    /// <summary>The payload does not open under the box's key, or its nonce is not the one its content gives.</summary>
    Rejected = 4,

    /// <summary>The plaintext names a format other than 1.</summary>
    FormatUnknown = 5,

    /// <summary>The plaintext names a kind that does not exist.</summary>
    KindUnknown = 6,

    /// <summary>The body's length is above what the class holds.</summary>
    LengthInvalid = 7,

    /// <summary>A byte behind the body is not zero.</summary>
    PaddingInvalid = 8,

    /// <summary>A validly signed box that differs from the one already read at this index: the writer wrote twice. Keep it as evidence.</summary>
    SecondContent = 9,

    /// <summary>The answer holds neither a box nor a delete.</summary>
    NothingThere = 10,

    /// <summary>Bytes of a stored state or capability do not fit together.</summary>
    StateInvalid = 11,
}
