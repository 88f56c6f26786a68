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

    private static long _accepted;
    private static long _dialled;

    // nobody listens in a page; the trimmer knows this answer, and leaves all of it out there
    private static bool IsCounting => !OperatingSystem.IsBrowser();

    public static void Connected(bool isClient)
    {
        if (IsCounting)
            Instruments.Open(isClient, 1);
    }

    public static void Ended(bool isClient, StackError error)
    {
        if (!IsCounting)
            return;
        Instruments.Open(isClient, -1);
        Count(Instruments.Ended, isClient, error);
    }

    public static void Refused(bool isClient, StackError error)
    {
        if (IsCounting)
            Count(Instruments.Refused, isClient, error);
    }

    public static void ServedCall()
    {
        if (IsCounting)
            Count(Instruments.Calls, 1, In);
    }

    public static void MadeCall()
    {
        if (IsCounting)
            Count(Instruments.Calls, 1, Out);
    }

    public static void ServedStream()
    {
        if (IsCounting)
            Count(Instruments.Streams, 1, In);
    }

    public static void OpenedStream()
    {
        if (IsCounting)
            Count(Instruments.Streams, 1, Out);
    }

    public static void Received(long bytes)
    {
        if (IsCounting)
            Count(Instruments.Bytes, bytes, In);
    }

    public static void Sent(long bytes)
    {
        if (IsCounting)
            Count(Instruments.Bytes, bytes, Out);
    }

    private static void Count(Counter<long> counter, long count, string direction)
    {
        if (counter.Enabled && count > 0)
            counter.Add(count, Tag(Direction, direction));
    }

    private static void Count(Counter<long> counter, bool isClient, StackError error)
    {
        if (counter.Enabled)
            counter.Add(1, Tag(Direction, isClient ? Out : In), Tag(Reason, error.ToString()));
    }

    private static Measurement<long> Measure(long count, string direction) => new(count, Tag(Direction, direction));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static class Instruments
    {
        public static readonly Counter<long> Refused;
        public static readonly Counter<long> Ended;
        public static readonly Counter<long> Calls;
        public static readonly Counter<long> Streams;
        public static readonly Counter<long> Bytes;

        private static readonly Meter Meter = new(Name);

        static Instruments()
        {
            Refused = Meter.CreateCounter<long>("secrets.stack.handshakes.refused", "{handshake}", "Handshakes that failed.");
            Ended = Meter.CreateCounter<long>("secrets.stack.connections.ended", "{connection}", "Connections that ended.");
            Calls = Meter.CreateCounter<long>("secrets.stack.calls", "{call}", "Calls, served (in) and made (out).");
            Streams = Meter.CreateCounter<long>("secrets.stack.streams", "{stream}", "Streams, served (in) and opened (out).");
            Bytes = Meter.CreateCounter<long>("secrets.stack.bytes", "By", "Bytes of boxes, received (in) and sent (out).");
            // the present number must be right for a listener that comes late, so it is kept
            _ = Meter.CreateObservableUpDownCounter(
                "secrets.stack.connections", static () => new[] { Measure(Volatile.Read(ref _accepted), In), Measure(Volatile.Read(ref _dialled), Out) }, "{connection}", "Authenticated connections.");
        }

        public static void Open(bool isClient, int change) => _ = Interlocked.Add(ref (isClient ? ref _dialled : ref _accepted), change);
    }
}
