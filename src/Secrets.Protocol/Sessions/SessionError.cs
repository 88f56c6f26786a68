namespace Secrets.Protocol.Sessions;

/// <summary>What became of a session message. The sender sees nothing of it.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §5.4.</remarks>
public enum SessionError
{
    /// <summary>Opened; the state advanced.</summary>
    None = 0,

    /// <summary>Not 4,052 bytes.</summary>
    Malformed = 1,

    /// <summary>It does not open, whatever the reason.</summary>
    Rejected = 2,

    /// <summary>It was received before, or its key was given up.</summary>
    Duplicate = 3,

    /// <summary>It is more than 25,000 messages ahead.</summary>
    TooFarAhead = 4,

    /// <summary>Keys of messages before it are still to be made: call again with the same message when the budget allows.</summary>
    NeedsMoreWork = 5,
}
