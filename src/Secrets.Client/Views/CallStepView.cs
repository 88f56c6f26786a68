using Secrets.Protocol.Calls;

namespace Secrets.Client.Views;

/// <summary>What the host's media engine is to do next in a call.</summary>
public sealed class CallStepView
{
    /// <summary>MakeOffer, TakeOffer, TakeAnswer, TakeCandidates or Close; in a room also Prepare.</summary>
    public required CallEffectKind Step { get; init; }

    /// <summary>The revision that the step is of.</summary>
    public int Revision { get; init; }

    /// <summary>Of TakeOffer and TakeAnswer: the other side's session description.</summary>
    public string? Description { get; init; }

    /// <summary>Of TakeCandidates.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Of Close, but where another call takes this one's place.</summary>
    public CallEndReason? Reason { get; init; }
}
