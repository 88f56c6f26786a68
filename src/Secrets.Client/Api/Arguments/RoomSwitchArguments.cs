namespace Secrets.Client.Api;

/// <summary>What is switched on and off here in a call of a room.</summary>
internal sealed class RoomSwitchArguments
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>True if the microphone is off.</summary>
    public required bool MicrophoneOff { get; init; }

    /// <summary>True if the camera is on.</summary>
    public required bool CameraOn { get; init; }

    /// <summary>True if the screen is shown.</summary>
    public required bool ScreenShown { get; init; }
}
