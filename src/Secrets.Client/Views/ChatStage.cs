namespace Secrets.Client.Views;

/// <summary>How far a chat has come.</summary>
public enum ChatStage
{
    /// <summary>A secret was made; nobody has answered it yet.</summary>
    WaitingForGuest = 1,

    /// <summary>A secret was entered; its offer was not found yet (the relay was not reachable).</summary>
    Joining = 2,

    /// <summary>The answer was given; what is said reaches the other side as soon as they are online.</summary>
    Joined = 3,

    /// <summary>Both sides are there.</summary>
    Open = 4,

    /// <summary>The secret turned out to be no longer good.</summary>
    SecretFailed = 5,

    /// <summary>The chat came out of a copy and is finding its way back.</summary>
    Returning = 6,

    /// <summary>The chat came out of a copy that had no way back: a new secret is needed.</summary>
    NeedsNewSecret = 7,

    /// <summary>Another copy of this identity is in use; nothing is written here any more.</summary>
    Stopped = 8,

    /// <summary>This side left.</summary>
    Left = 9,

    /// <summary>The identity was moved away; what was said here can be read, and nothing more.</summary>
    Retired = 10,
}
