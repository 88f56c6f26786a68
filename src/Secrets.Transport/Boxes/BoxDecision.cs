namespace Secrets.Transport.Boxes;

/// <summary>What a relay does with a write or a delete, and answers.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §4.9.</remarks>
public enum BoxDecision
{
    /// <summary>Keep it, durably, for a full time limit; announce a written box in the bell; then answer ok.</summary>
    Store = 0,

    /// <summary>The same is there: start its time limit anew; answer ok.</summary>
    Renew = 1,

    /// <summary>Another box is there: answer occupied with it.</summary>
    AnswerOccupied = 2,

    /// <summary>A delete mark is there: answer deleted with its signature.</summary>
    AnswerDeleted = 3,

    /// <summary>Answer refused.</summary>
    Refuse = 4,
}
