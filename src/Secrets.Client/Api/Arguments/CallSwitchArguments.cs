namespace Secrets.Client.Api;

/// <summary>What is switched on and off here.</summary>
internal sealed class CallSwitchArguments
{
    /// <summary>True if the microphone is off.</summary>
    public required bool MicrophoneOff { get; init; }

    /// <summary>True if the camera is on.</summary>
    public required bool CameraOn { get; init; }

    /// <summary>True if the screen is shown.</summary>
    public required bool ScreenShown { get; init; }
}
