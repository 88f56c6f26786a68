using System.Threading.RateLimiting;

namespace Secrets.Relay.Limits;

/// <summary>Token buckets for each connection, each network and the relay. Who asks too fast is read more slowly, then refused.</summary>
/// <remarks>The buckets run on the machine's own clock: they measure load, not protocol time.</remarks>
internal sealed class RateGate : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly RelayLimits _limits;
    private readonly TimeProvider _clock;
    private readonly PartitionedRateLimiter<long> _connections;
    private readonly PartitionedRateLimiter<NetworkPrefix> _networks;
    private readonly TokenBucketRateLimiter _relay;

    /// <summary>With these limits; waits are on the clock.</summary>
    public RateGate(RelayLimits limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
        // a bucket that is full again is forgotten: nobody's network stays in memory
        _connections = PartitionedRateLimiter.Create<long, long>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(limits.Connection)));
        _networks = PartitionedRateLimiter.Create<NetworkPrefix, NetworkPrefix>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(limits.Network)));
        _relay = new TokenBucketRateLimiter(Bucket(limits.Relay));
    }

    /// <summary>Waits until so many cells may be worked on; false if that takes longer than patience allows.</summary>
    public async ValueTask<bool> TryPassAsync(long connection, NetworkPrefix? network, int cells, CancellationToken cancellationToken)
    {
        var started = 0L;
        var most = Math.Min(_limits.Connection.Burst, _limits.Relay.Burst);
        if (network is not null)
            most = Math.Min(most, _limits.Network.Burst);
        for (var left = cells; left > 0; left -= most)
        {
            while (!TryTake(connection, network, Math.Min(left, most)))
            {
                if (started == 0)
                    started = _clock.GetTimestamp();
                else if (_clock.GetElapsedTime(started) > _limits.Patience)
                    return false;
                await Task.Delay(Period, _clock, cancellationToken).ConfigureAwait(false);
            }
        }
        return true;
    }

    /// <summary>Forgets all buckets.</summary>
    public void Dispose()
    {
        _connections.Dispose();
        _networks.Dispose();
        _relay.Dispose();
    }

    // the connection's own bucket first: what one connection may not do costs the others nothing
    private bool TryTake(long connection, NetworkPrefix? network, int cells)
    {
        using var own = _connections.AttemptAcquire(connection, cells);
        if (!own.IsAcquired)
            return false;
        if (network is { } prefix)
        {
            using var shared = _networks.AttemptAcquire(prefix, cells);
            if (!shared.IsAcquired)
                return false;
        }
        using var all = _relay.AttemptAcquire(cells);
        return all.IsAcquired;
    }

    private static TokenBucketRateLimiterOptions Bucket(RateLimit limit) => new()
    {
        TokenLimit = limit.Burst,
        TokensPerPeriod = Math.Max(1, limit.PerSecond / (int)(TimeSpan.TicksPerSecond / Period.Ticks)),
        ReplenishmentPeriod = Period,
        QueueLimit = 0,
    };
}
