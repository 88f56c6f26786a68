using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>A way to open the store besides the password: its kind, and an id that stays when the storage key is replaced.</summary>
/// <remarks><c>default</c> names no slot. Spec: docs/protocol/store.md §3.4.</remarks>
public readonly struct StoreKeySlot : IEquatable<StoreKeySlot>
{
    internal StoreKeySlot(StoreKeySlotKind kind, in Hash256 id)
    {
        Kind = kind;
        Id = id;
    }

    /// <summary>What opens it.</summary>
    public StoreKeySlotKind Kind { get; }

    /// <summary>A hash of kind and public key.</summary>
    public Hash256 Id { get; }

    /// <inheritdoc/>
    public bool Equals(StoreKeySlot other) => Kind == other.Kind && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StoreKeySlot other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(StoreKeySlot);

    /// <summary>Equality.</summary>
    public static bool operator ==(StoreKeySlot left, StoreKeySlot right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(StoreKeySlot left, StoreKeySlot right) => !left.Equals(right);
}
