namespace Secrets.Scenarios.Tests;

/// <summary>A clock that stands still until the test moves it; timers fire in the order of their times, one by one.</summary>
internal sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _shift;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers were set so far: it stands still when nothing happens.</summary>
    public long Activity { get; private set; }

    /// <summary>Time without jumps: what timers go by.</summary>
    public DateTimeOffset Steady
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>When the next timer fires, if any is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return Next()?.Due;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now + _shift;
    }

    public override long GetTimestamp() => Steady.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The wall clock jumps, forward or back; timers go on as they were.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_gate)
            _shift += by;
    }

    public void MoveTo(DateTimeOffset time)
    {
        lock (_gate)
            _now = time > _now ? time : _now;
    }

    /// <summary>Moves to the next timer and fires it.</summary>
    public bool FireNext()
    {
        FakeTimer? next;
        lock (_gate)
        {
            next = Next();
            if (next is null)
                return false;
            _now = next.Due > _now ? next.Due!.Value : _now;
            next.Due = next.Period > TimeSpan.Zero ? _now + next.Period : null;
        }
        next.Callback(next.State);
        return true;
    }

    private FakeTimer? Next()
    {
        FakeTimer? next = null;
        foreach (var timer in _timers)
        {
            if (timer.Due is { } due && (next is null || due < next.Due || (due == next.Due && timer.Order < next.Order)))
                next = timer;
        }
        return next;
    }

    private sealed class FakeTimer(FakeTime owner, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public long Order { get; private set; }

        public TimerCallback Callback { get; } = callback;

        public object? State { get; } = state;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner.Activity++;
                Order = owner._order++;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner._now + dueTime;
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
            }
            return true;
        }

        public void Dispose()
        {
            lock (owner._gate)
                _ = owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
