using Secrets.Crypto;
using Secrets.Protocol.Calls;
using static Secrets.Protocol.Tests.Calls.CallFixture;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>A signal of every kind.</summary>
internal static class CallSamples
{
    public static IReadOnlyList<CallSignal> All() =>
    [
        CallSignal.Ask(Id(1), CallMedia.Video, rings: true, Hash256.Of("c"u8)),
        CallSignal.Ask(Id(1), CallMedia.Voice, rings: false, Hash256.Of("c"u8)),
        CallSignal.Accept(Id(1), 7, Bob, Hash256.Of("n"u8)),
        CallSignal.Offer(Id(1), 7, 1, Hash256.Of("n"u8), Description(Alice)),
        CallSignal.Answer(Id(1), 7, 65_535, Description(Bob)),
        CallSignal.OfCandidates(Id(1), 7, 2, [Relayed, Host]),
        CallSignal.Restart(Id(1), 7),
        CallSignal.State(Id(1), 7, CallSwitches.MicrophoneOff | CallSwitches.ScreenShown),
        CallSignal.Here(Id(1), CallMedia.Voice, 3),
        CallSignal.End(Id(1), 7, CallEndReason.ConnectionLost),
    ];
}
