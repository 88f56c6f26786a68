namespace Secrets.Transport.Boxes;

/// <summary>Judges a relay's answer to a write or a delete.</summary>
public static class WriteReceipt
{
    /// <summary>
    /// Judges the answer to the write of a box. Only a box or delete with a valid signature under the own address counts;
    /// <paramref name="evidence"/> is the other box when there is one.
    /// </summary>
    public static WriteOutcome Judge(SealedBox sent, in BoxAnswer answer, out SealedBox? evidence)
    {
        ArgumentNullException.ThrowIfNull(sent);
        evidence = null;
        if (answer.Address != sent.Address || answer.Class != sent.Class)
            return WriteOutcome.RelayBroken;
        return answer.Status switch
        {
            BoxStatus.Ok => WriteOutcome.Kept,
            BoxStatus.Refused => WriteOutcome.Later,
            BoxStatus.Deleted => new Tombstone(answer.Address, answer.Signature).Verify() ? WriteOutcome.Deleted : WriteOutcome.RelayBroken,
            BoxStatus.Occupied => JudgeOccupied(sent, answer, out evidence),
            BoxStatus.None => WriteOutcome.RelayBroken,
        };
    }

    private static WriteOutcome JudgeOccupied(SealedBox sent, in BoxAnswer answer, out SealedBox? evidence)
    {
        evidence = null;
        if (!answer.Address.Verify(answer.Body, answer.Signature))
            return WriteOutcome.RelayBroken;
        // our own bytes back: the relay keeps them, whatever it calls that
        if (answer.Body.SequenceEqual(sent.Payload))
            return WriteOutcome.Kept;
        return SealedBox.TryCreate(answer.Address, answer.Signature, answer.Body, out evidence) == BoxError.None
            ? WriteOutcome.CloneEvidence
            : WriteOutcome.RelayBroken;
    }
}
