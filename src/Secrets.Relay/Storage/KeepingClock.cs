namespace Secrets.Relay.Storage;

/// <summary>The relay's own count of days, by which boxes expire.</summary>
/// <remarks>
/// It goes on by one at most whenever the calendar shows a later day, and never back. A clock that jumps weeks ahead, or a machine that was off
/// for weeks, therefore drops nothing early: a box is kept for the limit in days on which the relay ran.
/// </remarks>
internal sealed class KeepingClock
{
    // a calendar that goes back by a day at midnight is noise; by more, it was set
    private const long Noise = 1;

    /// <summary>Continues from what was stored.</summary>
    public KeepingClock(long day, long calendarDay)
    {
        Day = day;
        CalendarDay = calendarDay;
    }

    /// <summary>The relay's day, from 0.</summary>
    public long Day { get; private set; }

    /// <summary>The calendar day, since 1970, at which <see cref="Day"/> last went on.</summary>
    public long CalendarDay { get; private set; }

    /// <summary>Looks at the calendar; true if the state changed and wants storing.</summary>
    public bool Advance(DateTimeOffset now)
    {
        var today = now.ToUnixTimeSeconds() / (24 * 60 * 60);
        if (today > CalendarDay)
            Day++;
        else if (today >= CalendarDay - Noise)
            return false;
        CalendarDay = today;
        return true;
    }
}
