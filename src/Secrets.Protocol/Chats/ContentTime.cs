using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>When a message was written: milliseconds since 1970 (u64, below 2^48) ‖ counter (u16), 10 bytes; a hybrid logical clock.</summary>
/// <remarks>What was written after something was seen has a later time, whatever the clocks say. Spec: docs/protocol/chats.md §3.1.</remarks>
public readonly struct ContentTime : IEquatable<ContentTime>, IComparable<ContentTime>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = sizeof(ulong) + sizeof(ushort); // milliseconds + counter

    private const ulong Limit = 1UL << 48;

    internal ContentTime(ulong milliseconds, ushort counter)
    {
        Milliseconds = milliseconds;
        Counter = counter;
    }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public ulong Milliseconds { get; }

    /// <summary>Order within one millisecond.</summary>
    public ushort Counter { get; }

    /// <summary>The time for display; the end of the calendar for times after it.</summary>
    public DateTimeOffset Time =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min((long)Milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>Reads exactly 10 bytes; false for another length or a time of 2^48 ms and more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ContentTime time)
    {
        time = default;
        var reader = new WireReader(source);
        if (source.Length != Size || !reader.TryReadUInt64(out var milliseconds) || !reader.TryReadUInt16(out var counter) || milliseconds >= Limit)
            return false;
        time = new ContentTime(milliseconds, counter);
        return true;
    }

    /// <summary>Writes 10 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteUInt64(Milliseconds);
        writer.WriteUInt16(Counter);
    }

    /// <inheritdoc/>
    public int CompareTo(ContentTime other) => (Milliseconds, Counter).CompareTo((other.Milliseconds, other.Counter));

    /// <inheritdoc/>
    public bool Equals(ContentTime other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ContentTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Milliseconds, Counter);

    /// <summary>Equality.</summary>
    public static bool operator ==(ContentTime left, ContentTime right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ContentTime left, ContentTime right) => !left.Equals(right);

    /// <summary>Earlier.</summary>
    public static bool operator <(ContentTime left, ContentTime right) => left.CompareTo(right) < 0;

    /// <summary>Later.</summary>
    public static bool operator >(ContentTime left, ContentTime right) => left.CompareTo(right) > 0;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(ContentTime left, ContentTime right) => left.CompareTo(right) <= 0;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(ContentTime left, ContentTime right) => left.CompareTo(right) >= 0;
}
