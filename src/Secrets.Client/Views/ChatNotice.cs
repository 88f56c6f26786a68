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

    /// <summary>The other side called and wasn't answered.</summary>
    CallMissed = 13,

    /// <summary>The other side didn't answer a call.</summary>
    CallNotAnswered = 14,

    /// <summary>A call was declined.</summary>
    CallDeclined = 15,

    /// <summary>The other side was in another call.</summary>
    CallBusy = 16,

    /// <summary>A call could not be made, or its connection was lost before it stood.</summary>
    CallFailed = 17,

    /// <summary>A call is over; the text is its length in seconds.</summary>
    CallEnded = 18,

    /// <summary>A call was ended as somebody stood between: the certificate was not the one that was agreed upon.</summary>
    CallWrongCertificate = 19,
}
