using System.Runtime.CompilerServices;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The 24-byte big-endian counter of one direction of a box stream.</summary>
[InlineArray(XSalsa20Poly1305.NonceSize)]
internal struct BoxNonce
{
    private byte _element0;

    public static BoxNonce Read(ReadOnlySpan<byte> source)
    {
        var nonce = default(BoxNonce);
        source.CopyTo(nonce);
        return nonce;
    }

    /// <summary>Adds one, with carry. After 2^192 it starts over, which no connection lives to see.</summary>
    public static void Increment(ref BoxNonce nonce)
    {
        Span<byte> bytes = nonce;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            unchecked
            {
                bytes[i]++;
            }

            if (bytes[i] != 0)
                return;
        }
    }
}
