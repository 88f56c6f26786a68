using Secrets.Protocol.Sessions;

namespace Secrets.Client.Engine;

/// <summary>The public half of one's own last standing offer: it survives in a copy, the private half does not.</summary>
internal sealed class PublishedOffer(Offer offer) : IDisposable
{
    public Offer Offer { get; } = offer;

    public Secret Secret { get; } = Secret.Of(offer, []);

    public void Dispose() => Secret.Dispose();
}
