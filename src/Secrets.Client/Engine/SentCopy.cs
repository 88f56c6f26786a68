namespace Secrets.Client.Engine;

/// <summary>One relay's copy of a sealed box.</summary>
internal sealed class SentCopy(string relay, DateTimeOffset notBefore)
{
    public string Relay { get; } = relay;

    /// <summary>The second copy goes later, so that two relays can't match them by time.</summary>
    public DateTimeOffset NotBefore { get; set; } = notBefore;

    public bool IsThere { get; set; }

    public bool IsUnderway { get; set; }
}
