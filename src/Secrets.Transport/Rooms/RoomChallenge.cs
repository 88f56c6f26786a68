using System.Buffers.Binary;
using System.Numerics;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Transport.Rooms;

/// <summary>What a relay asks of somebody who wants to enter: fresh bytes to be signed, and some work.</summary>
/// <remarks>1 ‖ version 1 ‖ bits 1 ‖ young 1 ‖ nonce 32. Spec: docs/protocol/rooms.md §3.3.</remarks>
public readonly struct RoomChallenge : IEquatable<RoomChallenge>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 1 + 1 + 1 + 1 + Hash256.Size;

    /// <summary>Least work in bits.</summary>
    public const int MinBits = 10;

    /// <summary>Most work in bits.</summary>
    public const int MaxBits = 22;

    private const byte Kind = 1;
    private const byte Version = 1;

    private RoomChallenge(int bits, bool isYoung, in Hash256 nonce)
    {
        Bits = bits;
        IsYoung = isYoung;
        Nonce = nonce;
    }

    /// <summary>How many zero bits the work begins with.</summary>
    public int Bits { get; }

    /// <summary>True if the relay takes rooms that were there before its start.</summary>
    public bool IsYoung { get; }

    /// <summary>Fresh random bytes.</summary>
    public Hash256 Nonce { get; }

    /// <summary>A new challenge.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less or more work than may be asked.</exception>
    public static RoomChallenge Generate(int bits, bool isYoung, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        random.Fill(bytes);
        _ = Hash256.TryRead(bytes, out var nonce);
        return new RoomChallenge(bits, isYoung, nonce);
    }

    /// <summary>Reads exactly one. A relay that asks for more work than may be asked is refused.</summary>
    public static RoomItemError TryRead(ReadOnlySpan<byte> source, out RoomChallenge challenge)
    {
        challenge = default;
        if (source.Length != Size)
            return source.Length < Size ? RoomItemError.Truncated : RoomItemError.TooLong;
        if (source[0] != Kind || source[1] != Version)
            return RoomItemError.UnknownKind;
        if (source[2] is < MinBits or > MaxBits || source[3] > 1)
            return RoomItemError.Malformed;
        _ = Hash256.TryRead(source[4..], out var nonce);
        challenge = new RoomChallenge(source[2], source[3] == 1, nonce);
        return RoomItemError.None;
    }

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte(Kind);
        writer.WriteByte(Version);
        writer.WriteByte((byte)Bits);
        writer.WriteByte(IsYoung ? (byte)1 : (byte)0);
        writer.WriteFixed(Nonce.Bytes);
    }

    /// <summary>True if this is the work that was asked.</summary>
    public bool Accepts(ulong work)
    {
        Span<byte> message = stackalloc byte[Hash256.Size + sizeof(ulong)];
        Nonce.Bytes.CopyTo(message);
        return Accepts(message, work);
    }

    /// <summary>Looks for the work among <paramref name="tries"/> numbers from <paramref name="from"/> on; call again from further on if it is not there.</summary>
    public bool TryWork(ulong from, int tries, out ulong work)
    {
        Span<byte> message = stackalloc byte[Hash256.Size + sizeof(ulong)];
        Nonce.Bytes.CopyTo(message);
        for (work = from; work < from + (ulong)tries; work++)
        {
            if (Accepts(message, work))
                return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(RoomChallenge other) => Nonce == other.Nonce && Bits == other.Bits && IsYoung == other.IsYoung;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RoomChallenge other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Nonce.GetHashCode();

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(RoomChallenge);

    /// <summary>True for the same challenge.</summary>
    public static bool operator ==(RoomChallenge left, RoomChallenge right) => left.Equals(right);

    /// <summary>True for another challenge.</summary>
    public static bool operator !=(RoomChallenge left, RoomChallenge right) => !left.Equals(right);

    private bool Accepts(Span<byte> message, ulong work)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        BinaryPrimitives.WriteUInt64BigEndian(message[Hash256.Size..], work);
        Blake2b.Hash(hash, message);
        return BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(hash)) >= Bits;
    }
}
