namespace Secrets.Protocol.Calls;

/// <summary>What a signal says.</summary>
/// <remarks>Spec: docs/protocol/calls.md §3.1.</remarks>
public enum CallSignalKind
{
    /// <summary>The sender wants a leg, and commits to its certificate and nonce.</summary>
    Ask = 1,

    /// <summary>The sender takes the leg, with its certificate and nonce.</summary>
    Accept = 2,

    /// <summary>The asker's description, and its nonce.</summary>
    Offer = 3,

    /// <summary>The answerer's description.</summary>
    Answer = 4,

    /// <summary>Further ways to the sender.</summary>
    Candidates = 5,

    /// <summary>The answerer wants a new offer.</summary>
    Restart = 6,

    /// <summary>What the sender has switched on and off.</summary>
    State = 7,

    /// <summary>The sender is in a call of this room.</summary>
    Here = 8,

    /// <summary>The leg is over.</summary>
    End = 9,
}
