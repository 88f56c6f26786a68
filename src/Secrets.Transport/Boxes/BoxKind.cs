namespace Secrets.Transport.Boxes;

/// <summary>What the body of a box is; seen only by those who can open it.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §3.2.</remarks>
public enum BoxKind
{
    /// <summary>A message of a data channel.</summary>
    Data = 1,

    /// <summary>A session message.</summary>
    Session = 2,

    /// <summary>An offer.</summary>
    Offer = 3,

    /// <summary>An answer to an offer.</summary>
    Answer = 4,

    /// <summary>A pointer to a temporary channel.</summary>
#pragma warning disable CA1720 // the name of the thing; no type is meant
    Pointer = 5,
#pragma warning restore CA1720

    /// <summary>A bundle.</summary>
    Bundle = 6,
}
