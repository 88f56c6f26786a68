namespace Secrets.Relay.Limits;

/// <summary>Counts connections, all together and by network.</summary>
internal sealed class ConnectionGate
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NetworkPrefix, int> _networks = [];
    private readonly RelayLimits _limits;
    private int _count;

    /// <summary>With these limits.</summary>
    public ConnectionGate(RelayLimits limits) => _limits = limits;

    /// <summary>Connections at this moment.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a connection in; false if it is one too many, and then there is nothing to leave.</summary>
    public bool TryEnter(NetworkPrefix? network)
    {
        lock (_gate)
        {
            if (_count >= _limits.MaxConnections)
                return false;
            if (network is { } prefix)
            {
                var before = _networks.GetValueOrDefault(prefix);
                if (before >= _limits.MaxConnectionsPerNetwork)
                    return false;
                _networks[prefix] = before + 1;
            }
            _count++;
            return true;
        }
    }

    /// <summary>Counts it out.</summary>
    public void Leave(NetworkPrefix? network)
    {
        lock (_gate)
        {
            _count--;
            if (network is not { } prefix)
                return;
            var after = _networks[prefix] - 1;
            if (after == 0)
                _ = _networks.Remove(prefix);
            else
                _networks[prefix] = after;
        }
    }
}
