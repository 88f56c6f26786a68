using System.Diagnostics.Metrics;

namespace Secrets.Stack;

/// <summary>Counts for whoever listens to the meter <c>Secrets.Stack</c> in this process: numbers, directions and <see cref="StackError"/>, nothing else.</summary>
/// <remarks>
/// No key, address, path or name is ever a tag: what is counted can't be told apart by peer. Without a listener each count is one test of a
/// field. Guide: docs/guide/stack.md.
/// </remarks>
internal static class StackMetrics
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Secrets.Stack";

    private const string Direction = "direction";
    private const string Reason = "reason";
    private const string In = "in";
    private const string Out = "out";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> RefusedHandshakes = Meter.CreateCounter<long>("secrets.stack.handshakes.refused", "{handshake}", "Handshakes that failed.");
    private static readonly Counter<long> EndedConnections = Meter.CreateCounter<long>("secrets.stack.connections.ended", "{connection}", "Connections that ended.");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("secrets.stack.calls", "{call}", "Calls, served (in) and made (out).");
    private static readonly Counter<long> Streams = Meter.CreateCounter<long>("secrets.stack.streams", "{stream}", "Streams, served (in) and opened (out).");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("secrets.stack.bytes", "By", "Bytes of boxes, received (in) and sent (out).");
    private static long _accepted;
    private static long _dialled;

    // the present number must be right for a listener that comes late, so it is kept
    static StackMetrics() => _ = Meter.CreateObservableUpDownCounter(
        "secrets.stack.connections", static () => new[] { Measure(Volatile.Read(ref _accepted), In), Measure(Volatile.Read(ref _dialled), Out) }, "{connection}", "Authenticated connections.");

    public static void Connected(bool isClient) => _ = Interlocked.Increment(ref (isClient ? ref _dialled : ref _accepted));

    public static void Ended(bool isClient, StackError error)
    {
        _ = Interlocked.Decrement(ref (isClient ? ref _dialled : ref _accepted));
        if (EndedConnections.Enabled)
            EndedConnections.Add(1, Tag(Direction, isClient ? Out : In), Tag(Reason, error.ToString()));
    }

    public static void Refused(bool isClient, StackError error)
    {
        if (RefusedHandshakes.Enabled)
            RefusedHandshakes.Add(1, Tag(Direction, isClient ? Out : In), Tag(Reason, error.ToString()));
    }

    public static void ServedCall() => Count(Calls, 1, In);

    public static void MadeCall() => Count(Calls, 1, Out);

    public static void ServedStream() => Count(Streams, 1, In);

    public static void OpenedStream() => Count(Streams, 1, Out);

    public static void Received(long bytes) => Count(Bytes, bytes, In);

    public static void Sent(long bytes) => Count(Bytes, bytes, Out);

    private static void Count(Counter<long> counter, long count, string direction)
    {
        if (counter.Enabled && count > 0)
            counter.Add(count, Tag(Direction, direction));
    }

    private static Measurement<long> Measure(long count, string direction) => new(count, Tag(Direction, direction));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
