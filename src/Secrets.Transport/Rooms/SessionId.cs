using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Rooms;

/// <summary>One person's stay in a room: 32 bytes, the public half of a random Ed25519 key.</summary>
/// <remarks><c>default</c> means everybody, where it says to whom. Spec: docs/protocol/rooms.md §2.</remarks>
public readonly struct SessionId : IEquatable<SessionId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private SessionId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True for the id that means everybody.</summary>
    public bool IsEverybody => this == default;

    /// <summary>Reads exactly 32 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out SessionId session)
    {
        session = default;
        if (source.Length != Size)
            return false;
        session = new SessionId(source);
        return true;
    }

    /// <summary>The id of a session key.</summary>
    public static SessionId FromKey(in Ed25519PublicKey key) => new(key.Bytes);

    /// <summary>Strict verification by this key; false also if the bytes are no key.</summary>
    public bool Verify(ReadOnlySpan<byte> message, in Ed25519Signature signature) =>
        Ed25519PublicKey.FromTrusted(Bytes).Verify(message, signature);

    /// <summary>Order of the bytes.</summary>
    public int CompareTo(in SessionId other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>Equality in constant time.</summary>
    public bool Equals(SessionId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SessionId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(SessionId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(SessionId left, SessionId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(SessionId left, SessionId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
