namespace Secrets.Transport.Boxes;

/// <summary>What every relay and client has in common about calls.</summary>
/// <remarks>Spec: docs/protocol/calls.md §4.6.</remarks>
public static class CallsNetwork
{
    /// <summary>Name of the method that gives credentials for the relay's TURN server.</summary>
    public const string TurnMethod = "calls.turn";
}
