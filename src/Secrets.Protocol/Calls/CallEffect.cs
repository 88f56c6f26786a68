using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>One thing to do after a step of a call, in the order in which they were given.</summary>
public sealed class CallEffect
{
    internal CallEffect(CallEffectKind kind, Hash256 party)
    {
        Kind = kind;
        Party = party;
    }

    /// <summary>What.</summary>
    public CallEffectKind Kind { get; }

    /// <summary>Of which leg.</summary>
    public Hash256 Party { get; }

    /// <summary>Of Send.</summary>
    public CallSignal? Signal { get; internal init; }

    /// <summary>Of TakeOffer and TakeAnswer.</summary>
    public SessionDescription? Description { get; internal init; }

    /// <summary>Of TakeCandidates.</summary>
    public IReadOnlyList<string> Candidates { get; internal init; } = [];

    /// <summary>Of Close.</summary>
    public CallEndReason Reason { get; internal init; }

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(CallEffect);
}
