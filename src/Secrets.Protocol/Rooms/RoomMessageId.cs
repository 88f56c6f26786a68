using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Protocol.Rooms;

/// <summary>The id of a message in a room: 16 bytes of a hash over its ciphertext, its sender and the room.</summary>
/// <remarks><c>default</c> means none. Spec: docs/protocol/rooms.md §3.6.</remarks>
public readonly struct RoomMessageId : IEquatable<RoomMessageId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Buffer _bytes;

    private RoomMessageId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 16 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out RoomMessageId id)
    {
        id = default;
        if (source.Length != Size)
            return false;
        id = new RoomMessageId(source);
        return true;
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(RoomMessageId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RoomMessageId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RoomMessageId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(RoomMessageId left, RoomMessageId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(RoomMessageId left, RoomMessageId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
