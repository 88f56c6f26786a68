namespace Secrets.Protocol.Sessions;

/// <summary>Why a stored state is not read.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §5.5.</remarks>
public enum SessionStateError
{
    /// <summary>Read.</summary>
    None = 0,

    /// <summary>The bytes are no state in its one canonical form.</summary>
    Malformed = 1,

    /// <summary>A state of another version.</summary>
    OtherVersion = 2,
}
