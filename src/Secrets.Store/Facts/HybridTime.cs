namespace Secrets.Store;

/// <summary>A hybrid logical clock's reading: milliseconds since 1970 (48 bits) and a counter (16 bits).</summary>
/// <remarks>A commit's time is later than those of its parents, whatever the wall clock did. Spec: docs/protocol/store.md §4.2.</remarks>
public readonly struct HybridTime : IEquatable<HybridTime>, IComparable<HybridTime>
{
    private const int CounterBits = 16;

    internal HybridTime(ulong value) => Value = value;

    /// <summary>The wall clock's part.</summary>
    public DateTimeOffset WallClock => DateTimeOffset.FromUnixTimeMilliseconds(Math.Min((long)(Value >> CounterBits), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    internal ulong Value { get; }

    /// <summary>The next reading: the wall clock's, or one step after the last if that is later.</summary>
    internal static HybridTime Next(HybridTime last, DateTimeOffset now)
    {
        var wall = (ulong)Math.Max(0, now.ToUnixTimeMilliseconds()) << CounterBits;
        return new HybridTime(Math.Max(wall, last.Value + 1));
    }

    /// <summary>The reading of a wall clock.</summary>
    internal static HybridTime Of(DateTimeOffset time) => new((ulong)Math.Max(0, time.ToUnixTimeMilliseconds()) << CounterBits);

    /// <inheritdoc/>
    public int CompareTo(HybridTime other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public bool Equals(HybridTime other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HybridTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(HybridTime);

    /// <summary>Equality.</summary>
    public static bool operator ==(HybridTime left, HybridTime right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(HybridTime left, HybridTime right) => !left.Equals(right);

    /// <summary>Earlier.</summary>
    public static bool operator <(HybridTime left, HybridTime right) => left.Value < right.Value;

    /// <summary>Later.</summary>
    public static bool operator >(HybridTime left, HybridTime right) => left.Value > right.Value;

    /// <summary>Not later.</summary>
    public static bool operator <=(HybridTime left, HybridTime right) => left.Value <= right.Value;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(HybridTime left, HybridTime right) => left.Value >= right.Value;
}
