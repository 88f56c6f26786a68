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

    /// <summary>From somebody's coming into a room to the Here that is meant for them.</summary>
    public static TimeSpan Greet { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a call of a room gives way to another one that began at the same moment.</summary>
    public static TimeSpan Young { get; } = TimeSpan.FromSeconds(10);

    /// <summary>From the Here of a party without a leg to the own Ask.</summary>
    public static TimeSpan FirstAsk { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the connection to somebody is kept who isn't back in a room that was made anew.</summary>
    public static TimeSpan Missed { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How old a signal may be when it comes.</summary>
    public static TimeSpan Old { get; } = TimeSpan.FromSeconds(60);
}
