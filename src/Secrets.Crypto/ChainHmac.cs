namespace Secrets.Crypto;

/// <summary>HMAC-SHA-256 under keys of exactly 32 bytes, for chains that take a key or two a message.</summary>
/// <remarks>The same function as .NET's, which spends more on finding its implementation than on a short message. Spec: docs/protocol/primitives.md §4.3.</remarks>
internal static class ChainHmac
{
    /// <summary>Size of key and tag in bytes.</summary>
    public const int Size = 32;

    /// <summary>Computes the tag; it may overwrite the key.</summary>
    /// <exception cref="ArgumentException">Key or tag have not 32 bytes.</exception>
    public static void Compute(Span<byte> tag, ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        if (tag.Length != Size || key.Length != Size)
            throw new ArgumentException("Key and tag have 32 bytes.");
        CryptoBackend.Current.HmacSha256(tag, message, key);
    }
}
