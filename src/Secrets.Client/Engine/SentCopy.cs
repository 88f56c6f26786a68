namespace Secrets.Client.Engine;

/// <summary>One relay's copy of a sealed box.</summary>
internal sealed class SentCopy(string relay, DateTimeOffset notBefore)
{
    public string Relay { get; } = relay;

    /// <summary>The page that is to be written again when something changes here.</summary>
    public SentPage? Page { get; set; }

    /// <summary>The second copy goes later, so that two relays can't match them by time.</summary>
    public DateTimeOffset NotBefore
    {
        get;
        set
        {
            field = value;
            Page?.NoteChange();
        }
    } = notBefore;

    public bool IsThere
    {
        get;
        set
        {
            field = value;
            Page?.NoteChange();
        }
    }

    public bool IsUnderway { get; set; }
}
