using System.Security.Cryptography;

namespace Secrets.Transport.Boxes;

/// <summary>A relay's decisions, without storage, time or limits: those are around it.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §4.9.</remarks>
public static class BoxPolicy
{
    /// <summary>
    /// True if the request proves its right: a write or delete by a strict signature under its own address, a read always.
    /// The costly step; it needs nothing from the store, so it can run before and beside it.
    /// </summary>
    public static bool Verify(in BoxRequest request) => request.Operation switch
    {
        BoxOperation.Read => true,
        BoxOperation.Write => request.Address.Verify(request.Body, request.Signature),
        BoxOperation.Delete => request.Address.Verify(default, request.Signature),
    };

    /// <summary>Decides a verified write or delete against what the store has at its address.</summary>
    /// <exception cref="ArgumentException">The request is a read.</exception>
    public static BoxDecision Decide(in BoxRequest request, in StoredBox stored) => request.Operation switch
    {
        BoxOperation.Write => DecideWrite(request.Class, request.Body, stored),
        BoxOperation.Delete => DecideDelete(request.Class, stored),
        BoxOperation.Read => throw new ArgumentException("A read needs no decision.", nameof(request)),
    };

    /// <summary>Decides a verified write.</summary>
    public static BoxDecision DecideWrite(BoxClass boxClass, ReadOnlySpan<byte> payload, in StoredBox stored)
    {
        if (!stored.IsThere)
            return BoxDecision.Store;
        if (stored.IsDeleteMark)
            return BoxDecision.AnswerDeleted;
        // an answer has the class of its request, so the other class's box can't be shown
        if (stored.Class != boxClass)
            return BoxDecision.Refuse;
        return CryptographicOperations.FixedTimeEquals(stored.Payload, payload) ? BoxDecision.Renew : BoxDecision.AnswerOccupied;
    }

    /// <summary>Decides a verified delete: it replaces a box, and is kept for an address never seen.</summary>
    public static BoxDecision DecideDelete(BoxClass boxClass, in StoredBox stored)
    {
        if (stored.IsDeleteMark)
            return BoxDecision.Renew;
        return !stored.IsThere || stored.Class == boxClass ? BoxDecision.Store : BoxDecision.Refuse;
    }

    /// <summary>Status of the answer to a read: another class's box is not there.</summary>
    public static BoxStatus DecideRead(BoxClass boxClass, in StoredBox stored)
    {
        if (stored.IsDeleteMark)
            return BoxStatus.Deleted;
        return stored.IsThere && stored.Class == boxClass ? BoxStatus.Ok : BoxStatus.None;
    }
}
