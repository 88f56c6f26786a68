using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The name of a secret, H("secrets/1/id", S), 32 bytes: says which one without giving it away.</summary>
/// <remarks><c>default</c> (all zero) is the id of no secret. Spec: docs/protocol/sessions.md §3.1.</remarks>
public readonly struct SecretId : IEquatable<SecretId>
{
    /// <summary>Size in bytes.</summary>
    public const int Size = Hash256.Size;

    private readonly Hash256 _hash;

    internal SecretId(Hash256 hash) => _hash = hash;

    /// <summary>The bytes.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Bytes => _hash.Bytes;

    /// <summary>True for the id of no secret.</summary>
    public bool IsNone => _hash == default;

    /// <summary>Reads exactly 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out SecretId id)
    {
        var read = Hash256.TryRead(source, out var hash);
        id = new SecretId(hash);
        return read;
    }

    /// <inheritdoc/>
    public bool Equals(SecretId other) => _hash == other._hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SecretId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash.GetHashCode();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(SecretId);

    /// <summary>Equality.</summary>
    public static bool operator ==(SecretId left, SecretId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(SecretId left, SecretId right) => !left.Equals(right);
}
