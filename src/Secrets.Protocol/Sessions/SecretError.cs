namespace Secrets.Protocol.Sessions;

/// <summary>Why a text is no secret; each has its own sentence on the screen.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §5.1.</remarks>
public enum SecretError
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>Nothing that looks like a code of this project, or one whose inside makes no sense.</summary>
    Malformed = 1,

    /// <summary>The checksum is wrong or a character can't be: a typing mistake or something left out.</summary>
    Typo = 2,

    /// <summary>A code for something else: linking a device, a vault, a room, a paper key.</summary>
    OtherKind = 3,

    /// <summary>A secret of another version.</summary>
    OtherVersion = 4,
}
