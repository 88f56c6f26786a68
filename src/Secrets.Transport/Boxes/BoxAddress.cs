using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>Where a box lies at one relay: 32 bytes, a blinded Ed25519 key, used once.</summary>
/// <remarks>Any 32 bytes can be read: an address proves itself by the signature that verifies under it. Spec: docs/protocol/boxes.md §4.3.</remarks>
public readonly struct BoxAddress : IEquatable<BoxAddress>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private BoxAddress(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The first four bytes as a big-endian number: what a bell lists.</summary>
    public uint Prefix => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Bytes);

    /// <summary>Reads exactly 32 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out BoxAddress address)
    {
        address = default;
        if (source.Length != Size)
            return false;
        address = new BoxAddress(source);
        return true;
    }

    /// <summary>The address of a blinded key.</summary>
    internal static BoxAddress FromKey(in Ed25519PublicKey key) => new(key.Bytes);

    /// <summary>Strict verification under this address: S below L, address and R canonical and not of small order, no cofactor.</summary>
    public bool Verify(ReadOnlySpan<byte> message, in Ed25519Signature signature) =>
        Ed25519PublicKey.FromTrusted(Bytes).Verify(message, signature);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(BoxAddress other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BoxAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxAddress);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(BoxAddress left, BoxAddress right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(BoxAddress left, BoxAddress right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
