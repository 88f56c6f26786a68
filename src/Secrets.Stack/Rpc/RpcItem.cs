namespace Secrets.Stack;

/// <summary>A received item. Its bytes are borrowed from a pool: dispose it when they are no longer needed.</summary>
/// <remarks>
/// Owned by whoever took it from the stream; copies of the value are the same item. Disposing wipes the bytes and gives the memory
/// back, and a second time does nothing. What isn't disposed is left to the collector.
/// </remarks>
public readonly struct RpcItem : IDisposable, IEquatable<RpcItem>
{
    private readonly ItemMemory? _memory;
    private readonly int _lease;

    internal RpcItem(RpcKind kind, byte[] buffer, int length)
    {
        Kind = kind;
        Length = length;
        _memory = ItemMemory.Lend(buffer, out _lease);
    }

    /// <summary>What the body is.</summary>
    public RpcKind Kind { get; }

    /// <summary>Length of the body in bytes.</summary>
    public int Length { get; }

    /// <summary>The body as it was on the wire. Valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The item was given back, or is none.</exception>
    public ReadOnlyMemory<byte> Body => new(_memory?.Get(_lease) ?? throw new ObjectDisposedException(nameof(RpcItem)), 0, Length);

    /// <summary>The body decoded and copied: valid after disposal too.</summary>
    /// <exception cref="StackException">It is not the JSON or text that it says it is.</exception>
    public RpcValue ToValue() => PacketBody.TryRead(Kind, Body.Span, out var value, out var error) ? value : throw new StackException(error);

    /// <summary>Wipes the bytes and gives the memory back.</summary>
    public void Dispose() => _memory?.GiveBack(_lease, Length);

    /// <summary>True for the same item, not for one with the same bytes.</summary>
    public bool Equals(RpcItem other) => ReferenceEquals(_memory, other._memory) && _lease == other._lease;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RpcItem other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_memory, _lease);

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RpcItem);

    /// <summary>True for the same item.</summary>
    public static bool operator ==(RpcItem left, RpcItem right) => left.Equals(right);

    /// <summary>True for another item.</summary>
    public static bool operator !=(RpcItem left, RpcItem right) => !left.Equals(right);
}
