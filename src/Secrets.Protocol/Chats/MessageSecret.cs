using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>The secret of a message, <c>ms</c>: 16 random bytes inside it, by which those who hold the message recognise it when it is named.</summary>
/// <remarks>Decision 6: who has not got the message sees noise. Also its name towards one's own. Spec: docs/protocol/chats.md §3.2.</remarks>
public readonly struct MessageSecret : IEquatable<MessageSecret>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly Buffer _bytes;

    private MessageSecret(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 16 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out MessageSecret value)
    {
        value = default;
        if (source.Length != Size)
            return false;
        value = new MessageSecret(source);
        return true;
    }

    /// <summary>A new random secret.</summary>
    public static MessageSecret Generate(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bytes = stackalloc byte[Size];
        random.Fill(bytes);
        return new MessageSecret(bytes);
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(MessageSecret other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MessageSecret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(MessageSecret);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(MessageSecret left, MessageSecret right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(MessageSecret left, MessageSecret right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
