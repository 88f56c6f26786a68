namespace Secrets.Client.Views;

/// <summary>A try to reach a relay.</summary>
public sealed class RelayTestView
{
    /// <summary>What it gave.</summary>
    public required RelayTestOutcome Outcome { get; init; }

    /// <summary>How long it took.</summary>
    public required long Milliseconds { get; init; }
}
