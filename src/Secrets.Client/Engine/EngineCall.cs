using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Calls;

namespace Secrets.Client.Engine;

/// <summary>The one call that this identity is in, or that rings; only in memory.</summary>
internal sealed class EngineCall(ChatId chat, Hash256 party, OngoingCall call, bool isOwn)
{
    public ChatId Chat { get; } = chat;

    /// <summary>The other side.</summary>
    public Hash256 Party { get; } = party;

    public OngoingCall Call { get; } = call;

    public bool IsOwn { get; } = isOwn;

    /// <summary>Both sides called at once.</summary>
    public bool IsWanted { get; init; }

    /// <summary>When the connection first stood.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>Why it is over.</summary>
    public CallEndReason? Reason { get; set; }

    public CallLeg? Leg => Call.Find(Party);

    public CallPhase Phase => Reason is not null || Leg is not { } leg ? CallPhase.Ended : leg.State switch
    {
        CallLegState.Asking => CallPhase.Calling,
        CallLegState.Asked => CallPhase.Ringing,
        CallLegState.Agreeing or CallLegState.Connecting => CallPhase.Connecting,
        CallLegState.Connected => CallPhase.Connected,
        CallLegState.Ended => CallPhase.Ended,
    };
}
