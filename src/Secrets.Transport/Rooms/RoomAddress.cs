using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Rooms;

/// <summary>Where a room is at a relay: 32 bytes, the public half of the joining key that its code gives.</summary>
/// <remarks>Any 32 bytes can be read: an address proves itself by the signatures that verify under it. Spec: docs/protocol/rooms.md §2.</remarks>
public readonly struct RoomAddress : IEquatable<RoomAddress>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private RoomAddress(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 32 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out RoomAddress address)
    {
        address = default;
        if (source.Length != Size)
            return false;
        address = new RoomAddress(source);
        return true;
    }

    /// <summary>The address of a joining key.</summary>
    public static RoomAddress FromKey(in Ed25519PublicKey key) => new(key.Bytes);

    /// <summary>Strict verification by this key; false also if the bytes are no key.</summary>
    public bool Verify(ReadOnlySpan<byte> message, in Ed25519Signature signature) =>
        Ed25519PublicKey.FromTrusted(Bytes).Verify(message, signature);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(RoomAddress other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RoomAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RoomAddress);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(RoomAddress left, RoomAddress right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(RoomAddress left, RoomAddress right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
