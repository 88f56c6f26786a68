namespace Secrets.Protocol.Calls;

/// <summary>What became of a signal, or of what the media engine said.</summary>
/// <remarks>Spec: docs/protocol/calls.md §5.</remarks>
public enum CallError
{
    /// <summary>Taken.</summary>
    None = 0,

    /// <summary>Fewer bytes than the format asks for.</summary>
    Truncated = 1,

    /// <summary>More bytes than the format or a limit allows.</summary>
    TooLong = 2,

    /// <summary>A kind of signal that this version does not know.</summary>
    UnknownKind = 3,

    /// <summary>A number outside its range, or a bit that has no name.</summary>
    OutOfRange = 4,

    /// <summary>Nothing of the leg's present state; passed over.</summary>
    OutOfTurn = 5,

    /// <summary>No session description as it must be.</summary>
    BadDescription = 6,

    /// <summary>Commitment, description or connection have another fingerprint; the leg ends.</summary>
    WrongCertificate = 7,

    /// <summary>A part that doesn't continue the one before.</summary>
    PartMismatch = 8,
}
