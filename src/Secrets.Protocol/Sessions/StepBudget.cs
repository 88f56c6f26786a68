namespace Secrets.Protocol.Sessions;

/// <summary>How many chain steps may still be spent on one peer's skipped messages: 25,000 an hour (decision 21, E-21).</summary>
/// <remarks>Not stored: after a restart it is full again. Spec: docs/protocol/sessions.md §6.</remarks>
public sealed class StepBudget
{
    /// <summary>Steps in an hour.</summary>
    public const int StepsPerHour = 25_000;

    private DateTimeOffset _since;

    /// <summary>A full budget.</summary>
    public StepBudget(DateTimeOffset now) => _since = now;

    /// <summary>Steps left.</summary>
    public int Remaining { get; private set; } = StepsPerHour;

    /// <summary>Fills it up when an hour has passed, or the clock was set back.</summary>
    public void Refill(DateTimeOffset now)
    {
        if (now - _since < TimeSpan.FromHours(1) && now >= _since)
            return;
        _since = now;
        Remaining = StepsPerHour;
    }

    internal void Spend(int steps) => Remaining -= steps;
}
