using System.Globalization;
using System.Text;

namespace Secrets.Relay;

/// <summary>What the relay counts: numbers of all, nothing about anybody.</summary>
internal sealed class RelayCounters
{
    private long _connections;
    private long _refusedConnections;
    private long _reads;
    private long _writes;
    private long _deletes;
    private long _found;
    private long _stored;
    private long _occupied;
    private long _invalid;
    private long _refused;
    private long _limited;
    private long _bells;

    /// <summary>A connection was accepted.</summary>
    public void Connected() => _ = Interlocked.Increment(ref _connections);

    /// <summary>A connection was one too many.</summary>
    public void ConnectionRefused() => _ = Interlocked.Increment(ref _refusedConnections);

    /// <summary>A read came in.</summary>
    public void Read() => _ = Interlocked.Increment(ref _reads);

    /// <summary>A write came in.</summary>
    public void Write() => _ = Interlocked.Increment(ref _writes);

    /// <summary>A delete came in.</summary>
    public void Delete() => _ = Interlocked.Increment(ref _deletes);

    /// <summary>A read found something.</summary>
    public void Found() => _ = Interlocked.Increment(ref _found);

    /// <summary>A write or delete is durable.</summary>
    public void Stored() => _ = Interlocked.Increment(ref _stored);

    /// <summary>A write met something else in its place.</summary>
    public void Occupied() => _ = Interlocked.Increment(ref _occupied);

    /// <summary>A signature or a cell was wrong.</summary>
    public void Invalid() => _ = Interlocked.Increment(ref _invalid);

    /// <summary>A write had no room or no pass.</summary>
    public void Refused() => _ = Interlocked.Increment(ref _refused);

    /// <summary>A cell came too fast for too long.</summary>
    public void Limited() => _ = Interlocked.Increment(ref _limited);

    /// <summary>A bell was published.</summary>
    public void Bell() => _ = Interlocked.Increment(ref _bells);

    /// <summary>The counters as Prometheus reads them, with the values of the moment beside.</summary>
    public string Format(int connections, int waitingReads, long usedBytes, int fullLevel)
    {
        var text = new StringBuilder();
        Append(text, "secrets_connections", "gauge", connections);
        Append(text, "secrets_waiting_reads", "gauge", waitingReads);
        Append(text, "secrets_store_bytes", "gauge", usedBytes);
        Append(text, "secrets_store_full", "gauge", fullLevel);
        Append(text, "secrets_connections_total", "counter", Volatile.Read(ref _connections));
        Append(text, "secrets_connections_refused_total", "counter", Volatile.Read(ref _refusedConnections));
        Append(text, "secrets_reads_total", "counter", Volatile.Read(ref _reads));
        Append(text, "secrets_reads_found_total", "counter", Volatile.Read(ref _found));
        Append(text, "secrets_writes_total", "counter", Volatile.Read(ref _writes));
        Append(text, "secrets_deletes_total", "counter", Volatile.Read(ref _deletes));
        Append(text, "secrets_stored_total", "counter", Volatile.Read(ref _stored));
        Append(text, "secrets_occupied_total", "counter", Volatile.Read(ref _occupied));
        Append(text, "secrets_invalid_total", "counter", Volatile.Read(ref _invalid));
        Append(text, "secrets_refused_total", "counter", Volatile.Read(ref _refused));
        Append(text, "secrets_limited_total", "counter", Volatile.Read(ref _limited));
        Append(text, "secrets_bells_total", "counter", Volatile.Read(ref _bells));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, string type, long value) =>
        _ = text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n{name} {value}\n");
}
