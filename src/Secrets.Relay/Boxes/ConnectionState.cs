using Secrets.Relay.Limits;

namespace Secrets.Relay.Boxes;

/// <summary>What the relay knows of a connection while it lasts; nothing of it is kept.</summary>
internal sealed class ConnectionState
{
    private readonly Allowance _waits;
    private readonly Allowance _allWaits;

    /// <summary>A new connection under these limits; <paramref name="allWaits"/> is what all connections share.</summary>
    public ConnectionState(long number, NetworkPrefix? network, RelayLimits limits, Allowance allWaits)
    {
        Number = number;
        Network = network;
        Budget = new ByteBudget(limits.MaxBytesPerConnection);
        _waits = new Allowance(limits.MaxWaitingPerConnection);
        _allWaits = allWaits;
    }

    /// <summary>Counted from the relay's start; names the connection's token bucket.</summary>
    public long Number { get; }

    /// <summary>Its network; null for the own machine.</summary>
    public NetworkPrefix? Network { get; }

    /// <summary>Cells that were read and whose answers were not sent yet.</summary>
    public ByteBudget Budget { get; }

    /// <summary>True after the host's pass was shown.</summary>
    public bool HasPass { get; set; }

    /// <summary>Counts a waiting read in; a large one counts as sixteen. False if it is one too many, here or of all.</summary>
    public bool TryWait(int units)
    {
        if (!_waits.TryTake(units))
            return false;
        if (_allWaits.TryTake(units))
            return true;
        _waits.GiveBack(units);
        return false;
    }

    /// <summary>Counts it out, when its answer was sent.</summary>
    public void EndWait(int units)
    {
        if (units == 0)
            return;
        _waits.GiveBack(units);
        _allWaits.GiveBack(units);
    }
}
