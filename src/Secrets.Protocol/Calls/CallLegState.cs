namespace Secrets.Protocol.Calls;

/// <summary>How far a leg has come.</summary>
/// <remarks>Spec: docs/protocol/calls.md §4.1.</remarks>
public enum CallLegState
{
    /// <summary>The asker waits to be accepted.</summary>
    Asking = 1,

    /// <summary>The answerer has not decided yet.</summary>
    Asked = 2,

    /// <summary>Accepted; descriptions are on their way.</summary>
    Agreeing = 3,

    /// <summary>Both descriptions are known; the connection is being made, or made anew.</summary>
    Connecting = 4,

    /// <summary>The connection stands.</summary>
    Connected = 5,

    /// <summary>Over.</summary>
    Ended = 6,
}
