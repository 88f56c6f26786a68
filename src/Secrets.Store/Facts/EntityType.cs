namespace Secrets.Store;

/// <summary>The kind of an entity: a short registered name such as <c>chat</c>.</summary>
/// <remarks>1 to 32 characters of a–z, 0–9, dot and hyphen. <c>default</c> is refused by every operation. Spec: docs/protocol/store.md §3.2.</remarks>
public readonly struct EntityType : IEquatable<EntityType>, IComparable<EntityType>
{
    private readonly string? _name;

    /// <summary>A type with this name.</summary>
    /// <exception cref="ArgumentException">The name isn't well formed.</exception>
    public EntityType(string name)
    {
        if (!StoreName.IsWellFormed(name))
            throw new ArgumentException("A name has 1 to 32 characters of a-z, 0-9, dot and hyphen.", nameof(name));
        _name = name;
    }

    private EntityType(string name, bool _) => _name = name;

    /// <summary>The name.</summary>
    public string Name => _name ?? throw new ArgumentException("An entity type that was never set.");

    /// <summary>A type whose name was checked when it was read.</summary>
    internal static EntityType FromChecked(string name) => new(name, true);

    /// <inheritdoc/>
    public int CompareTo(EntityType other) => string.CompareOrdinal(Name, other.Name);

    /// <inheritdoc/>
    public bool Equals(EntityType other) => string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntityType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);

    /// <summary>The name: types are registered words, not secrets.</summary>
    public override string ToString() => Name;

    /// <summary>Equality.</summary>
    public static bool operator ==(EntityType left, EntityType right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(EntityType left, EntityType right) => !left.Equals(right);

    /// <summary>Order of the names.</summary>
    public static bool operator <(EntityType left, EntityType right) => left.CompareTo(right) < 0;

    /// <summary>Order of the names.</summary>
    public static bool operator >(EntityType left, EntityType right) => left.CompareTo(right) > 0;

    /// <summary>Order of the names.</summary>
    public static bool operator <=(EntityType left, EntityType right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the names.</summary>
    public static bool operator >=(EntityType left, EntityType right) => left.CompareTo(right) >= 0;
}
