using Secrets.Protocol.Calls;

namespace Secrets.Client.Views;

/// <summary>A call of a chat as a person sees it, at one moment.</summary>
public sealed class CallView
{
    /// <summary>The call's id in hexadecimal.</summary>
    public required string Id { get; init; }

    /// <summary>The chat it is in.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>How far it has come.</summary>
    public required CallPhase Phase { get; init; }

    /// <summary>What it began with.</summary>
    public required CallMedia Media { get; init; }

    /// <summary>True if this side began it.</summary>
    public required bool Own { get; init; }

    /// <summary>True if both sides called at once: the host takes this one without asking.</summary>
    public bool Wanted { get; init; }

    /// <summary>When the connection first stood.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Four words for both people to compare; null until they are fixed.</summary>
    public string? Words { get; init; }

    /// <summary>True if the other side's microphone is off.</summary>
    public bool MicrophoneOff { get; init; }

    /// <summary>True if the other side's camera is on.</summary>
    public bool CameraOn { get; init; }

    /// <summary>True if the other side shows its screen.</summary>
    public bool ScreenShown { get; init; }

    /// <summary>Of a call that is over: why.</summary>
    public CallEndReason? Reason { get; init; }
}
