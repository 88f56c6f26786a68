namespace Secrets.Store;

/// <summary>The attribute of a fact: a registered name, whether it holds one value or a set, and its part of the store.</summary>
/// <remarks>Cardinality and part travel with the name, so that a reader who doesn't know it merges it right. Two attributes that differ in one of them are different attributes. Spec: docs/protocol/store.md §3.2.</remarks>
public readonly struct AttributeName : IEquatable<AttributeName>, IComparable<AttributeName>
{
    private const byte SetFlag = 1;
    private const byte UnsignedFlag = 2;

    private readonly string? _name;

    private AttributeName(string name, byte flags)
    {
        _name = name;
        Flags = flags;
    }

    /// <summary>The name.</summary>
    public string Name => _name ?? throw new ArgumentException("An attribute that was never set.");

    /// <summary>True if the attribute holds a set of values (adds win), false for one value (the last writer wins).</summary>
    public bool IsSet => (Flags & SetFlag) != 0;

    /// <summary>The part that its facts are kept in.</summary>
    public StorePart Part => (Flags & UnsignedFlag) != 0 ? StorePart.Unsigned : StorePart.Signed;

    /// <summary>The byte that stands before the name.</summary>
    internal byte Flags { get; }

    /// <summary>An attribute of one value.</summary>
    /// <exception cref="ArgumentException">The name isn't 1 to 32 characters of a–z, 0–9, dot and hyphen.</exception>
    public static AttributeName One(string name, StorePart part = StorePart.Signed) => Create(name, part, 0);

    /// <summary>An attribute with a set of values.</summary>
    /// <exception cref="ArgumentException">The name isn't 1 to 32 characters of a–z, 0–9, dot and hyphen.</exception>
    public static AttributeName Set(string name, StorePart part = StorePart.Signed) => Create(name, part, SetFlag);

    /// <summary>Reads the flags and the ASCII name.</summary>
    internal static bool TryRead(byte flags, ReadOnlySpan<byte> source, out AttributeName attribute)
    {
        attribute = default;
        if ((flags & ~(SetFlag | UnsignedFlag)) != 0 || !StoreName.TryRead(source, out var name))
            return false;
        attribute = new AttributeName(name, flags);
        return true;
    }

    private static AttributeName Create(string name, StorePart part, byte flags)
    {
        if (!StoreName.IsWellFormed(name))
            throw new ArgumentException("A name has 1 to 32 characters of a-z, 0-9, dot and hyphen.", nameof(name));
        return part switch
        {
            StorePart.Signed => new AttributeName(name, flags),
            StorePart.Unsigned => new AttributeName(name, (byte)(flags | UnsignedFlag)),
            StorePart.None => throw new ArgumentOutOfRangeException(nameof(part)),
        };
    }

    /// <inheritdoc/>
    public int CompareTo(AttributeName other)
    {
        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : Flags.CompareTo(other.Flags);
    }

    /// <inheritdoc/>
    public bool Equals(AttributeName other) => Flags == other.Flags && string.Equals(_name, other._name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AttributeName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);

    /// <summary>The name: attributes are registered words, not secrets.</summary>
    public override string ToString() => Name;

    /// <summary>Equality.</summary>
    public static bool operator ==(AttributeName left, AttributeName right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(AttributeName left, AttributeName right) => !left.Equals(right);

    /// <summary>Order by name, then cardinality and part.</summary>
    public static bool operator <(AttributeName left, AttributeName right) => left.CompareTo(right) < 0;

    /// <summary>Order by name, then cardinality and part.</summary>
    public static bool operator >(AttributeName left, AttributeName right) => left.CompareTo(right) > 0;

    /// <summary>Order by name, then cardinality and part.</summary>
    public static bool operator <=(AttributeName left, AttributeName right) => left.CompareTo(right) <= 0;

    /// <summary>Order by name, then cardinality and part.</summary>
    public static bool operator >=(AttributeName left, AttributeName right) => left.CompareTo(right) >= 0;
}
