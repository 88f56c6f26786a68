using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Transport.Rooms;

/// <summary>The name of a piece of a file in a room: 16 random bytes.</summary>
/// <remarks>Means nothing by itself. Spec: docs/protocol/rooms.md §3.5.</remarks>
public readonly struct PieceId : IEquatable<PieceId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Buffer _bytes;

    private PieceId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 16 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out PieceId piece)
    {
        piece = default;
        if (source.Length != Size)
            return false;
        piece = new PieceId(source);
        return true;
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(PieceId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PieceId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(PieceId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(PieceId left, PieceId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(PieceId left, PieceId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
