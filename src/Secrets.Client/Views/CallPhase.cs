namespace Secrets.Client.Views;

/// <summary>How far a call has come, as a person sees it.</summary>
public enum CallPhase
{
    /// <summary>It rings at the other side.</summary>
    Calling = 1,

    /// <summary>It rings here.</summary>
    Ringing = 2,

    /// <summary>Taken; the connection is being made, or made anew.</summary>
    Connecting = 3,

    /// <summary>The connection stands.</summary>
    Connected = 4,

    /// <summary>Over.</summary>
    Ended = 5,
}
