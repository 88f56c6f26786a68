namespace Secrets.Client.Events;

/// <summary>What happened.</summary>
public enum ClientEventKind
{
    /// <summary>A message was added to a chat, from either side.</summary>
    MessageAdded = 1,

    /// <summary>A message's delivery state changed.</summary>
    MessageChanged = 2,

    /// <summary>A chat was added.</summary>
    ChatAdded = 3,

    /// <summary>Something about a chat changed: name, stage, verification, unread.</summary>
    ChatChanged = 4,

    /// <summary>A relay was reached.</summary>
    RelayConnected = 5,

    /// <summary>A relay was lost, or could not be reached.</summary>
    RelayLost = 6,

    /// <summary>A relay answered wrongly; nothing was believed.</summary>
    RelayMisbehaved = 7,

    /// <summary>The identity's name changed.</summary>
    IdentityChanged = 8,

    /// <summary>A chat is gone: it was deleted, or its secret was no longer good when it was entered. The event tells which it was.</summary>
    ChatRemoved = 9,

    /// <summary>The call changed, or is over.</summary>
    CallChanged = 10,

    /// <summary>The host's media engine has something to do for the call.</summary>
    CallStep = 11,
}
