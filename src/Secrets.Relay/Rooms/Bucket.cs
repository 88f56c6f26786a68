namespace Secrets.Relay.Rooms;

/// <summary>A token bucket on a clock of the caller's. Used under the caller's lock.</summary>
internal struct Bucket
{
    private double _tokens;
    private long _last;

    /// <summary>A full one.</summary>
    public Bucket(RateLimit limit, TimeProvider clock)
    {
        _tokens = limit.Burst;
        _last = clock.GetTimestamp();
    }

    /// <summary>Takes one token, perhaps in advance: how long its owner has to wait for it.</summary>
    public TimeSpan Take(RateLimit limit, TimeProvider clock)
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(limit.Burst, _tokens + (clock.GetElapsedTime(_last, now).TotalSeconds * limit.PerSecond)) - 1;
        _last = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / limit.PerSecond);
    }
}
