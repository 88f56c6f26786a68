namespace Secrets.Crypto;

/// <summary>BLAKE2b with outputs of 1 to 64 bytes, plain or keyed with up to 64 bytes.</summary>
/// <remarks>RFC 7693. The output length is part of the hash: a shorter output is no prefix of a longer one. Spec: docs/protocol/primitives.md §4.1.</remarks>
public static class Blake2b
{
    /// <summary>Longest output in bytes.</summary>
    public const int MaxSize = 64;

    /// <summary>Longest key in bytes.</summary>
    public const int MaxKeySize = 64;

    private const int MinSize = 1;

    /// <summary>Hashes a message.</summary>
    /// <exception cref="ArgumentException">Output not 1..64 bytes or key above 64 bytes.</exception>
    public static void Hash(Span<byte> hash, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key = default) => Hash(hash, message, [], key);

    /// <summary>Hashes a message that lies in two pieces, as if they were one.</summary>
    /// <exception cref="ArgumentException">Output not 1..64 bytes or key above 64 bytes.</exception>
    public static void Hash(Span<byte> hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> key)
    {
        if (hash.Length is < MinSize or > MaxSize)
            throw new ArgumentException("BLAKE2b gives 1 to 64 bytes.", nameof(hash));
        if (key.Length > MaxKeySize)
            throw new ArgumentException("A BLAKE2b key has at most 64 bytes.", nameof(key));
        CryptoBackend.Current.Blake2b(hash, first, second, key);
    }
}
