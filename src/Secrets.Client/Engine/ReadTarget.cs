using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <summary>A box that is waited for at a relay, and whose it is.</summary>
internal sealed class ReadTarget
{
    public required Chat Chat { get; init; }

    public required BoxAddress Address { get; init; }

    /// <summary>True if it is asked for at once when a relay comes up; else only when a bell names it.</summary>
    public required bool IsNext { get; init; }

    /// <summary>The entered secret whose offer it is.</summary>
    public SecretTry? Try { get; init; }

    /// <summary>The own offer to which it may be an answer.</summary>
    public OwnOffer? Offer { get; init; }

    /// <summary>True if it may be an answer to an own offer whose private half is lost.</summary>
    public bool IsLost { get; init; }

    /// <summary>The slot among the answers, 1 to 4.</summary>
    public int Slot { get; init; }

    /// <summary>The keys that open an offer or answer; owned by the engine's cache.</summary>
    public BoxReadKeys? Keys { get; init; }

    /// <summary>The session in whose channel it lies.</summary>
    public ChatSession? Session { get; init; }

    public SessionChannel Channel { get; init; }

    public BoxReader? Reader { get; init; }

    public BoxClass Class => Reader?.Class ?? BoxClass.Small;

    public ulong Index { get; init; }
}
