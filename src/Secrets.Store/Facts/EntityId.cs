using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>What a fact is about: a type and a UUID of 16 bytes.</summary>
/// <remarks>Spec: docs/protocol/store.md §3.2.</remarks>
public readonly struct EntityId : IEquatable<EntityId>, IComparable<EntityId>
{
    /// <summary>Size of the UUID in bytes.</summary>
    public const int UuidSize = 16;

    private readonly ulong _high;
    private readonly ulong _low;

    private EntityId(EntityType type, ulong high, ulong low)
    {
        Type = type;
        _high = high;
        _low = low;
    }

    /// <summary>The type.</summary>
    public EntityType Type { get; }

    /// <summary>A new entity with a random UUID (version 4).</summary>
    public static EntityId Generate(EntityType type, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> uuid = stackalloc byte[UuidSize];
        random.Fill(uuid);
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x40);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        return FromUuid(type, uuid);
    }

    /// <summary>The entity with this UUID; any 16 bytes will do, for ids that follow from something else.</summary>
    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public static EntityId FromUuid(EntityType type, ReadOnlySpan<byte> uuid)
    {
        if (uuid.Length != UuidSize)
            throw new ArgumentException("A UUID has 16 bytes.", nameof(uuid));
        _ = type.Name;
        return new EntityId(type, BinaryPrimitives.ReadUInt64BigEndian(uuid), BinaryPrimitives.ReadUInt64BigEndian(uuid[sizeof(ulong)..]));
    }

    /// <summary>Writes the 16 bytes of the UUID.</summary>
    public void WriteUuid(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(ulong)..], _low);
    }

    /// <inheritdoc/>
    public int CompareTo(EntityId other)
    {
        var byType = Type.CompareTo(other.Type);
        if (byType != 0)
            return byType;
        var byHigh = _high.CompareTo(other._high);
        return byHigh != 0 ? byHigh : _low.CompareTo(other._low);
    }

    /// <inheritdoc/>
    public bool Equals(EntityId other) => _low == other._low && _high == other._high && Type == other.Type;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntityId other && Equals(other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(EntityId);

    /// <summary>Equality.</summary>
    public static bool operator ==(EntityId left, EntityId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(EntityId left, EntityId right) => !left.Equals(right);

    /// <summary>Order by type, then UUID.</summary>
    public static bool operator <(EntityId left, EntityId right) => left.CompareTo(right) < 0;

    /// <summary>Order by type, then UUID.</summary>
    public static bool operator >(EntityId left, EntityId right) => left.CompareTo(right) > 0;

    /// <summary>Order by type, then UUID.</summary>
    public static bool operator <=(EntityId left, EntityId right) => left.CompareTo(right) <= 0;

    /// <summary>Order by type, then UUID.</summary>
    public static bool operator >=(EntityId left, EntityId right) => left.CompareTo(right) >= 0;
}
