namespace Secrets.Protocol.Calls;

/// <summary>What a party has switched on and off.</summary>
[Flags]
public enum CallSwitches
{
    /// <summary>The microphone is on, nothing else.</summary>
    None = 0,

    /// <summary>The microphone is off.</summary>
    MicrophoneOff = 1,

    /// <summary>The camera is on.</summary>
    CameraOn = 2,

    /// <summary>The screen is shown.</summary>
    ScreenShown = 4,
}
