namespace Secrets.Transport.Boxes;

/// <summary>A box that a reader waits for: its index, a relay, and its address there.</summary>
/// <param name="index">The channel's index.</param>
/// <param name="relay">The relay.</param>
/// <param name="address">The address at that relay.</param>
/// <param name="isHole">True if later boxes of the channel have come.</param>
public readonly struct ExpectedBox(ulong index, RelayId relay, BoxAddress address, bool isHole) : IEquatable<ExpectedBox>
{
    /// <summary>The channel's index.</summary>
    public ulong Index { get; } = index;

    /// <summary>The relay.</summary>
    public RelayId Relay { get; } = relay;

    /// <summary>The address at that relay.</summary>
    public BoxAddress Address { get; } = address;

    /// <summary>True if later boxes of the channel have come.</summary>
    public bool IsHole { get; } = isHole;

    /// <summary>Equality of all parts.</summary>
    public bool Equals(ExpectedBox other) =>
        Index == other.Index && Relay == other.Relay && Address == other.Address && IsHole == other.IsHole;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExpectedBox other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Address.GetHashCode();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ExpectedBox);

    /// <summary>Equality of all parts.</summary>
    public static bool operator ==(ExpectedBox left, ExpectedBox right) => left.Equals(right);

    /// <summary>Inequality of any part.</summary>
    public static bool operator !=(ExpectedBox left, ExpectedBox right) => !left.Equals(right);
}
