using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>The name of a text that travels in parts: 16 random bytes.</summary>
/// <remarks>Spec: docs/protocol/chats.md §3.4.</remarks>
public readonly struct TextId : IEquatable<TextId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Buffer _bytes;

    private TextId(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 16 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out TextId value)
    {
        value = default;
        if (source.Length != Size)
            return false;
        value = new TextId(source);
        return true;
    }

    /// <summary>A new random name.</summary>
    public static TextId Generate(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bytes = stackalloc byte[Size];
        random.Fill(bytes);
        return new TextId(bytes);
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(TextId other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TextId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(TextId);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(TextId left, TextId right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(TextId left, TextId right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
