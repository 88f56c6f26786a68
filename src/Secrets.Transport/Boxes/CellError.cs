namespace Secrets.Transport.Boxes;

/// <summary>Why a cell was not read. Whoever gets such a cell closes the stream.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/boxes.md §5.</remarks>
public enum CellError
{
    /// <summary>It was read.</summary>
    None = 0,

    /// <summary>More bytes are needed.</summary>
    Incomplete = 1,

    /// <summary>The bytes are more than the one cell.</summary>
    WrongSize = 2,

    /// <summary>The operation is none of 1 to 3.</summary>
    OperationUnknown = 3,

    /// <summary>The status is none of 0 to 4.</summary>
    StatusUnknown = 4,

    /// <summary>The class is neither 1 nor 2.</summary>
    ClassUnknown = 5,

    /// <summary>A flag that does not exist, or one that this operation or status can't have.</summary>
    FlagsInvalid = 6,

    /// <summary>A wait above 250 seconds, or one on anything but a read.</summary>
    WaitInvalid = 7,

    /// <summary>A field that must be zero is not.</summary>
    NotZero = 8,
}
