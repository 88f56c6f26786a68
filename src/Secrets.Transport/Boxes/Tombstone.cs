using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>A delete: the signature over the empty text under a box's address, 96 bytes with it.</summary>
/// <remarks>
/// Whoever has it can delete the box; it can be made beforehand and handed on, the signing key never.
/// Compare the address with the expected one before anything else: any tombstone verifies under its own. Spec: docs/protocol/boxes.md §3.3.
/// </remarks>
public readonly struct Tombstone : IEquatable<Tombstone>
{
    /// <summary>Size in bytes: address and signature.</summary>
    public const int Size = BoxAddress.Size + Ed25519Signature.Size;

    /// <summary>Puts the parts together; verifies nothing.</summary>
    public Tombstone(in BoxAddress address, in Ed25519Signature signature)
    {
        Address = address;
        Signature = signature;
    }

    /// <summary>The address of the deleted box.</summary>
    public BoxAddress Address { get; }

    /// <summary>The signature over nothing.</summary>
    public Ed25519Signature Signature { get; }

    /// <summary>Reads exactly 96 bytes; false for another length. Verifies nothing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Tombstone tombstone)
    {
        tombstone = default;
        if (source.Length != Size)
            return false;
        _ = BoxAddress.TryRead(source[..BoxAddress.Size], out var address);
        _ = Ed25519Signature.TryRead(source[BoxAddress.Size..], out var signature);
        tombstone = new Tombstone(address, signature);
        return true;
    }

    /// <summary>Writes 96 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        Address.Bytes.CopyTo(destination);
        Signature.Bytes.CopyTo(destination[BoxAddress.Size..]);
    }

    /// <summary>True if the signature verifies strictly under the address.</summary>
    public bool Verify() => Address.Verify(default, Signature);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(Tombstone other) => Address.Equals(other.Address) & Signature.Equals(other.Signature);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Tombstone other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Signature);

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Tombstone);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(Tombstone left, Tombstone right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(Tombstone left, Tombstone right) => !left.Equals(right);
}
