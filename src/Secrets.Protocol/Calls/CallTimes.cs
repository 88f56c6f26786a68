namespace Secrets.Protocol.Calls;

/// <summary>The limits of time of a call.</summary>
/// <remarks>Spec: docs/protocol/calls.md §4.2 to §4.4.</remarks>
public static class CallTimes
{
    /// <summary>How long it rings.</summary>
    public static TimeSpan Ring { get; } = TimeSpan.FromSeconds(45);

    /// <summary>From Accept to Offer, and from Offer to Answer.</summary>
    public static TimeSpan Agree { get; } = TimeSpan.FromSeconds(20);

    /// <summary>From the descriptions to the connection.</summary>
    public static TimeSpan Connect { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Without a connection after it stood.</summary>
    public static TimeSpan Lost { get; } = TimeSpan.FromSeconds(45);

    /// <summary>From the loss of the connection to a new offer.</summary>
    public static TimeSpan FirstOffer { get; } = TimeSpan.FromSeconds(3);

    /// <summary>From one new offer to the next.</summary>
    public static TimeSpan NextOffer { get; } = TimeSpan.FromSeconds(10);

    /// <summary>From one Here to the next.</summary>
    public static TimeSpan Here { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Without Here a party is gone.</summary>
    public static TimeSpan Gone { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a signal may be when it comes.</summary>
    public static TimeSpan Old { get; } = TimeSpan.FromSeconds(60);
}
