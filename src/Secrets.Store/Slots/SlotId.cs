using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The name of a slot: 16 bytes. Seen only inside sealed records.</summary>
public readonly struct SlotId : IEquatable<SlotId>, IComparable<SlotId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Buffer _bytes;

    private SlotId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 16 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out SlotId id)
    {
        id = default;
        if (source.Length != Size)
            return false;
        id = new SlotId(source);
        return true;
    }

    /// <summary>The slot for a use (a short ASCII label of the caller's) and the thing that it belongs to.</summary>
    public static SlotId Derive(ReadOnlySpan<byte> use, ReadOnlySpan<byte> subject)
    {
        var hash = LabelledHash.Start(Labels.SlotId).Add(use).Add(subject).Finish();
        return new SlotId(hash.Bytes[..Size]);
    }

    /// <inheritdoc/>
    public int CompareTo(SlotId other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <inheritdoc/>
    public bool Equals(SlotId other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SlotId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(SlotId);

    /// <summary>Equality.</summary>
    public static bool operator ==(SlotId left, SlotId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(SlotId left, SlotId right) => !left.Equals(right);

    /// <summary>Order of the bytes.</summary>
    public static bool operator <(SlotId left, SlotId right) => left.CompareTo(right) < 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator >(SlotId left, SlotId right) => left.CompareTo(right) > 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator <=(SlotId left, SlotId right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the bytes.</summary>
    public static bool operator >=(SlotId left, SlotId right) => left.CompareTo(right) >= 0;

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
