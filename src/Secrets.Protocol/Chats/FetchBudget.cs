namespace Secrets.Protocol.Chats;

/// <summary>How many boxes of one author a reader takes, so that a flood neither fills its store nor keeps other chats waiting (decision 28). What is over waits at the relay.</summary>
/// <remarks>Not stored: who opens the program again has a full budget. Spec: docs/protocol/chats.md §4.13.</remarks>
public sealed class FetchBudget
{
    /// <summary>Small boxes in an hour, and at once.</summary>
    public const int BoxesPerHour = 1_024;

    /// <summary>Copies of boxes that a reader looks at, in an hour, at one relay, only to compare them (boxes.md §4.7).</summary>
    public const int ComparisonsPerHour = 64;

    /// <summary>As how many small boxes a large one counts.</summary>
    public const int LargeBoxCost = 16;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TimeSpan _perBox;
    private readonly TimeSpan _portion;
    private DateTimeOffset _fullAt;

    /// <summary>A full budget.</summary>
    public FetchBudget(int boxesPerHour = BoxesPerHour)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(boxesPerHour, LargeBoxCost);
        _perBox = Hour / boxesPerHour;
        // room for some is waited for, as each try costs a look at the relay
        _portion = Hour / 32;
    }

    /// <summary>True if another box may be asked for.</summary>
    public bool HasRoom(DateTimeOffset now) => Missing(now) < Hour;

    /// <summary>When there is room for some boxes.</summary>
    public DateTimeOffset RoomAt(DateTimeOffset now) => HasRoom(now) ? now : now + Missing(now) - Hour + _portion;

    /// <summary>A box was taken: counted afterwards, so that looks at empty places cost nothing.</summary>
    public void Spend(bool isLarge, DateTimeOffset now) => _fullAt = now + Missing(now) + ((isLarge ? LargeBoxCost : 1) * _perBox);

    private TimeSpan Missing(DateTimeOffset now)
    {
        // after a clock was set back it is closed for no longer than an empty one is
        if (_fullAt - now > Hour + _portion)
            _fullAt = now + Hour;
        return _fullAt <= now ? TimeSpan.Zero : _fullAt - now;
    }
}
