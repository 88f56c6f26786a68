using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What a relay is named by, for ever: the Ed25519 key it was born with, 32 bytes.</summary>
/// <remarks>Boxes are sealed for it, so a relay keeps its id when its secret-handshake key rolls. Spec: docs/protocol/boxes.md §2.</remarks>
public readonly struct RelayId : IEquatable<RelayId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private RelayId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 32 bytes; false for another length or 32 zero bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out RelayId id)
    {
        id = default;
        if (source.Length != Size || source.IndexOfAnyExcept((byte)0) < 0)
            return false;
        id = new RelayId(source);
        return true;
    }

    /// <summary>The id of a relay born with this key.</summary>
    public static RelayId FromKey(in Ed25519PublicKey key) => new(key.Bytes);

    /// <summary>The key that signs the manifest; false if the id is no valid key.</summary>
    public bool TryGetKey(out Ed25519PublicKey key) => Ed25519PublicKey.TryRead(Bytes, out key);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(RelayId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RelayId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RelayId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(RelayId left, RelayId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(RelayId left, RelayId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
