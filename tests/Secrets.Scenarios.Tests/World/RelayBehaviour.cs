using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>How a relay behaves to one who asks. This one is honest; a malicious one changes what it likes.</summary>
internal class RelayBehaviour
{
    /// <summary>The answer to a request cell; null: none at all, ever.</summary>
    public virtual byte[]? Answer(MemoryRelay relay, WorldLink link, byte[] request) => relay.AnswerHonestly(request);

    /// <summary>How long the answer takes.</summary>
    public virtual TimeSpan Delay(WorldLink link, byte[] request) => TimeSpan.Zero;

    /// <summary>The bell that this listener hears; null: none.</summary>
    public virtual byte[]? Ring(MemoryRelay relay, WorldLink link, Bell bell) => bell.Encoded.ToArray();
}
