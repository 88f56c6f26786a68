using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>Sizes of a box stream.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.3.</remarks>
internal static class BoxFormat
{
    /// <summary>Body length and the body's tag, sealed.</summary>
    public const int HeaderPlainSize = sizeof(ushort) + XSalsa20Poly1305.TagSize;

    /// <summary>Tag and ciphertext of the header.</summary>
    public const int HeaderSize = XSalsa20Poly1305.TagSize + HeaderPlainSize;

    /// <summary>The longest body that is sent.</summary>
    public const int MaxSentBody = 4096;

    /// <summary>The longest body that is accepted: what the length field can say.</summary>
    public const int MaxBody = ushort.MaxValue;

    /// <summary>Bytes on the wire for so many of plaintext.</summary>
    public static int SealedLength(int plain) => plain + ((plain + MaxSentBody - 1) / MaxSentBody * HeaderSize);
}
