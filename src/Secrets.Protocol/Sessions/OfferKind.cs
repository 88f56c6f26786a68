namespace Secrets.Protocol.Sessions;

/// <summary>How a secret travelled; stored for good, as it says what the chat may be called (decision 8).</summary>
public enum OfferKind
{
    /// <summary>As link, text or QR code, from person to person.</summary>
    Link = 1,

    /// <summary>Inside an existing session between two devices of one identity.</summary>
    OwnDevice = 2,

    /// <summary>Through a participant who introduces a newcomer.</summary>
    Introduced = 3,

    /// <summary>Kept in a chat, so that somebody who returns from a copy finds a way back.</summary>
    Standing = 4,
}
