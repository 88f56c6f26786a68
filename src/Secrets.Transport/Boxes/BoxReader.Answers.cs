namespace Secrets.Transport.Boxes;

/// <content>Answers of relays to reads.</content>
public sealed partial class BoxReader
{
    /// <summary>
    /// Opens what a relay answered to a read of an expected address. The state does not change.
    /// <see cref="BoxError.NothingThere"/> for none and refused; <see cref="BoxError.SignatureInvalid"/> and <see cref="BoxError.NotExpected"/>
    /// are the relay's fault, all later ones the writer's.
    /// </summary>
    public BoxError TryOpen(in RelayId relay, in BoxAnswer answer, out ReceivedBox? received)
    {
        received = null;
        return answer.Status switch
        {
            BoxStatus.Ok or BoxStatus.Occupied when !answer.IsShort => TryOpen(relay, answer.Address, answer.Signature, answer.Body, out received),
            BoxStatus.Ok or BoxStatus.Occupied => BoxError.WrongSize,
            BoxStatus.Deleted => TryOpen(relay, new Tombstone(answer.Address, answer.Signature), out received),
            BoxStatus.None or BoxStatus.Refused => BoxError.NothingThere,
        };
    }
}
