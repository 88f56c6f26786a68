using Secrets.Relay.Limits;

namespace Secrets.Relay.Boxes;

/// <summary>What the relay knows of a connection while it lasts; nothing of it is kept.</summary>
internal sealed class ConnectionState
{
    private readonly int _maxWaiting;
    private int _waiting;

    /// <summary>A new connection under these limits.</summary>
    public ConnectionState(long number, NetworkPrefix? network, RelayLimits limits)
    {
        Number = number;
        Network = network;
        Budget = new ByteBudget(limits.MaxBytesPerConnection);
        _maxWaiting = limits.MaxWaitingPerConnection;
    }

    /// <summary>Counted from the relay's start; names the connection's token bucket.</summary>
    public long Number { get; }

    /// <summary>Its network; null for the own machine.</summary>
    public NetworkPrefix? Network { get; }

    /// <summary>Cells that were read and whose answers were not sent yet.</summary>
    public ByteBudget Budget { get; }

    /// <summary>True after the host's pass was shown.</summary>
    public bool HasPass { get; set; }

    /// <summary>Counts a waiting read in; a large one counts as sixteen. False if it is one too many.</summary>
    public bool TryWait(int units)
    {
        if (Interlocked.Add(ref _waiting, units) <= _maxWaiting)
            return true;
        EndWait(units);
        return false;
    }

    /// <summary>Counts it out, when its answer was sent.</summary>
    public void EndWait(int units) => _ = Interlocked.Add(ref _waiting, -units);
}
