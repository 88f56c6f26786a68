namespace Secrets.Client.Views;

/// <summary>What a line about the chat itself says.</summary>
public enum ChatNotice
{
    /// <summary>Not a notice.</summary>
    None = 0,

    /// <summary>The other side has joined.</summary>
    TheyJoined = 1,

    /// <summary>The other side came back from a copy of their identity, on a new device.</summary>
    TheyReturned = 2,

    /// <summary>This device came back from a copy.</summary>
    YouReturned = 3,

    /// <summary>More than one person answered this chat's secret.</summary>
    SecretInSeveralHands = 4,

    /// <summary>Somebody had answered with this secret before.</summary>
    SecretAnsweredBefore = 5,

    /// <summary>Both secrets were exchanged.</summary>
    BothSecretsExchanged = 6,

    /// <summary>The chat is verified now.</summary>
    Verified = 7,

    /// <summary>The other side left.</summary>
    TheyLeft = 8,

    /// <summary>Another copy of this identity is in use.</summary>
    CopyInUse = 9,

    /// <summary>The other side goes on from an older state: a copy of their identity may be in use.</summary>
    TheirStateWentBack = 10,

    /// <summary>The other side's record has two versions; proof is kept.</summary>
    TwoVersions = 11,

    /// <summary>Messages are missing; they were asked for again.</summary>
    MessagesMissing = 12,
}
