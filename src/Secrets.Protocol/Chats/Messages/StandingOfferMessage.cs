namespace Secrets.Protocol.Chats;

/// <summary>An offer for meeting again after a loss: the offer's bytes alone, at most 1,574.</summary>
/// <remarks>The offer is read by the layer of sessions. Decisions 4 and 8. Spec: docs/protocol/chats.md §3.4.10.</remarks>
public readonly ref struct StandingOfferMessage : IMessageBody
{
    /// <summary>Longest offer: what a session's control message holds.</summary>
    public const int MaxSize = ContentSizes.SessionControlBody;

    /// <summary>Carries an offer. The span stays the caller's.</summary>
    public StandingOfferMessage(ReadOnlySpan<byte> offer)
    {
        if (offer.Length is 0 or > MaxSize)
            throw new ArgumentException("An offer has 1 to 1,574 bytes here.", nameof(offer));
        Offer = offer;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.StandingOffer;

    /// <inheritdoc/>
    public int Size => Offer.Length;

    /// <summary>The offer's bytes.</summary>
    public ReadOnlySpan<byte> Offer { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out StandingOfferMessage message)
    {
        message = default;
        if (source.IsEmpty)
            return MessageError.Empty;
        if (source.Length > MaxSize)
            return MessageError.TooLong;
        message = new StandingOfferMessage(source);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => Offer.CopyTo(destination);
}
