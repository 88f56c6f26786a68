using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>The name of a call: 16 random bytes.</summary>
/// <remarks>Spec: docs/protocol/calls.md §3.1.</remarks>
public readonly struct CallId : IEquatable<CallId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Buffer _bytes;

    private CallId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 16 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out CallId value)
    {
        value = default;
        if (source.Length != Size)
            return false;
        value = new CallId(source);
        return true;
    }

    /// <summary>A new random name.</summary>
    public static CallId Generate(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bytes = stackalloc byte[Size];
        random.Fill(bytes);
        return new CallId(bytes);
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(CallId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <summary>Which of two calls stands, as numbers with the first byte the highest: it is no secret.</summary>
    internal bool IsBefore(CallId other) => Bytes.SequenceCompareTo(other.Bytes) < 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CallId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(CallId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(CallId left, CallId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(CallId left, CallId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
