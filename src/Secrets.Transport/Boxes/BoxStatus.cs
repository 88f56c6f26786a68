namespace Secrets.Transport.Boxes;

/// <summary>What an answer cell says.</summary>
public enum BoxStatus
{
    /// <summary>Read: here it is. Write and delete: durably kept.</summary>
    Ok = 0,

    /// <summary>Nothing is there (yet).</summary>
    None = 1,

    /// <summary>The box was deleted; the signature is the delete's. Also answers a write behind a delete.</summary>
    Deleted = 2,

    /// <summary>Write: another box is there; here it is.</summary>
    Occupied = 3,

    /// <summary>Not now: full, too fast, closed, or not a valid signature. The relay gives no reason; try later, with growing pauses.</summary>
    Refused = 4,
}
