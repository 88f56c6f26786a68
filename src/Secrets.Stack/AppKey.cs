using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Stack;

/// <summary>The key of a network, 32 bytes: only who knows it gets an answer. Also called network identifier.</summary>
/// <remarks>It is not a secret in the strict sense: every member has it. Spec: docs/protocol/stack.md §3.1.</remarks>
public readonly struct AppKey : IEquatable<AppKey>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private AppKey(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>The bytes. They live as long as the value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 32 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out AppKey key)
    {
        key = default;
        if (source.Length != Size)
            return false;
        key = new AppKey(source);
        return true;
    }

    /// <summary>The key whose bytes are the SHA-256 hash of a network's name.</summary>
    public static AppKey FromName(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[Size];
        _ = SHA256.HashData(name, hash);
        return new AppKey(hash);
    }

    /// <summary>Equality in constant time.</summary>
    public bool Equals(AppKey other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AppKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(AppKey);

    /// <summary>Equality in constant time.</summary>
    public static bool operator ==(AppKey left, AppKey right) => left.Equals(right);

    /// <summary>Inequality in constant time.</summary>
    public static bool operator !=(AppKey left, AppKey right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _element0;
    }
}
