namespace Secrets.Protocol.Chats;

/// <summary>How many boxes of one author a reader takes, so that a flood neither fills its store nor keeps other chats waiting (decision 28). What is over waits at the relay.</summary>
/// <remarks>Not stored: who opens the program again has a full budget. Spec: docs/protocol/chats.md §4.13.</remarks>
public sealed class FetchBudget
{
    /// <summary>Small boxes in an hour, and at once.</summary>
    public const int BoxesPerHour = 1_024;

    /// <summary>As how many small boxes a large one counts.</summary>
    public const int LargeBoxCost = 16;

    // room for so many is waited for, as each try costs a look at the relay
    private const int Portion = 32;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan PerBox = Hour / BoxesPerHour;

    private DateTimeOffset _fullAt;

    /// <summary>True if another box may be asked for.</summary>
    public bool HasRoom(DateTimeOffset now) => Missing(now) < Hour;

    /// <summary>When there is room for some boxes.</summary>
    public DateTimeOffset RoomAt(DateTimeOffset now) => HasRoom(now) ? now : now + Missing(now) - Hour + (Portion * PerBox);

    /// <summary>A box was taken: counted afterwards, so that looks at empty places cost nothing.</summary>
    public void Spend(bool isLarge, DateTimeOffset now) => _fullAt = now + Missing(now) + ((isLarge ? LargeBoxCost : 1) * PerBox);

    private TimeSpan Missing(DateTimeOffset now)
    {
        // after a clock was set back it is closed for no longer than an empty one is
        if (_fullAt - now > Hour + (Portion * PerBox))
            _fullAt = now + Hour;
        return _fullAt <= now ? TimeSpan.Zero : _fullAt - now;
    }
}
