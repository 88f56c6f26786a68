namespace Secrets.Protocol.Sessions;

/// <summary>The kinds of code that people pass on as text, each with a prefix and a checksum of its own (decision 27, E-9).</summary>
/// <remarks>Spec: docs/protocol/sessions.md §3.2.</remarks>
public enum CodeKind
{
    /// <summary>A secret, which starts a chat.</summary>
    Secret = 0,

    /// <summary>Links a device to an identity.</summary>
    DeviceLink = 1,

    /// <summary>Invites to a vault.</summary>
    VaultInvitation = 2,

    /// <summary>Opens a room.</summary>
    RoomCode = 3,

    /// <summary>A printed recovery key.</summary>
    PaperKey = 4,
}
