namespace Secrets.Protocol.Chats;

/// <summary>Gives every message of a device a later time than all that it wrote or saw before in the chat.</summary>
/// <remarks>Times of others more than 24 h ahead are not followed: a wrong clock must not carry the chat away. Spec: docs/protocol/chats.md §4.1.</remarks>
public sealed class ContentClock
{
    private static readonly TimeSpan MaxAhead = TimeSpan.FromHours(24);

    /// <summary>A clock that goes on after a stored time; <c>default</c> for a new chat.</summary>
    public ContentClock(ContentTime last) => Last = last;

    /// <summary>The latest time given or followed: the state to be stored.</summary>
    public ContentTime Last { get; private set; }

    /// <summary>The time of the next message.</summary>
    public ContentTime Next(DateTimeOffset now)
    {
        var milliseconds = MillisecondsOf(now);
        if (milliseconds > Last.Milliseconds)
            Last = new ContentTime(milliseconds, 0);
        else if (Last.Counter < ushort.MaxValue)
            Last = new ContentTime(Last.Milliseconds, (ushort)(Last.Counter + 1));
        else
            Last = new ContentTime(Last.Milliseconds + 1, 0);
        return Last;
    }

    /// <summary>Follows the time of a message that was received.</summary>
    public void Observe(ContentTime seen, DateTimeOffset now)
    {
        if (seen > Last && seen.Milliseconds <= MillisecondsOf(now + MaxAhead))
            Last = seen;
    }

    private static ulong MillisecondsOf(DateTimeOffset time) => (ulong)Math.Max(0, time.ToUnixTimeMilliseconds());
}
