namespace Secrets.Client.Views;

/// <summary>What a try to reach a relay gave.</summary>
public enum RelayTestOutcome
{
    /// <summary>The relay is there and holds its key.</summary>
    Reached = 1,

    /// <summary>Somebody answers there who does not hold the key in the address.</summary>
    AnotherKey = 2,

    /// <summary>Nobody answers in time.</summary>
    NotReached = 3,
}
