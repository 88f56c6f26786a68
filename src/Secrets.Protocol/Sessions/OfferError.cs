namespace Secrets.Protocol.Sessions;

/// <summary>Why an offer is not taken.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §5.2.</remarks>
public enum OfferError
{
    /// <summary>Taken.</summary>
    None = 0,

    /// <summary>The bytes are no offer in its one canonical form.</summary>
    Malformed = 1,

    /// <summary>Another suite than this version's.</summary>
    OtherSuite = 2,

    /// <summary>It does not hash to the secret: somebody put another offer in its place.</summary>
    NotCommitted = 3,

    /// <summary>Its time is over.</summary>
    Expired = 4,

    /// <summary>It is good for longer than its kind may be.</summary>
    TooLong = 5,

    /// <summary>A key in it is refused: a point of small order, or an encapsulation key that is not reduced.</summary>
    BadKey = 6,

    /// <summary>It is one's own.</summary>
    Own = 7,
}
