namespace Secrets.Client.Views;

/// <summary>What a round of delivering and fetching did.</summary>
public sealed class SyncView
{
    /// <summary>Messages that came.</summary>
    public required int Fetched { get; init; }

    /// <summary>Own messages that are still on this device only.</summary>
    public required int Waiting { get; init; }

    /// <summary>Relays that were reached.</summary>
    public required int RelaysReached { get; init; }

    /// <summary>Relays that were not.</summary>
    public required int RelaysMissed { get; init; }
}
