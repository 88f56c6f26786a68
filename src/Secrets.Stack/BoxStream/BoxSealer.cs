using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The sending direction of a box stream.</summary>
/// <remarks>header(34) ‖ body; the header is sealed under nonce n, the body under n + 1. Spec: docs/protocol/stack.md §4.3.</remarks>
internal sealed class BoxSealer : IDisposable
{
    private readonly SecretBuffer _key;
    private BoxNonce _nonce;

    public BoxSealer(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        _key = new SecretBuffer(key);
        _nonce = BoxNonce.Read(nonce);
    }

    /// <summary>Seals all of the plaintext, in boxes of at most 4,096 bytes; answers the bytes written.</summary>
    public int Seal(ReadOnlySpan<byte> plain, Span<byte> output)
    {
        var written = 0;
        while (!plain.IsEmpty)
        {
            var length = Math.Min(plain.Length, BoxFormat.MaxSentBody);
            SealOne(plain[..length], output[written..]);
            plain = plain[length..];
            written += BoxFormat.HeaderSize + length;
        }

        return written;
    }

    /// <summary>The last box: a header of zeros.</summary>
    public void SealGoodbye(Span<byte> output)
    {
        Span<byte> header = stackalloc byte[BoxFormat.HeaderPlainSize];
        header.Clear();
        SealHeader(header, output);
    }

    /// <summary>The key and the next nonce.</summary>
    internal void ExportForTestsOnly(Span<byte> destination)
    {
        _key.Bytes.CopyTo(destination);
        ((ReadOnlySpan<byte>)_nonce).CopyTo(destination[_key.Bytes.Length..]);
    }

    public void Dispose() => _key.Dispose();

    private void SealOne(ReadOnlySpan<byte> plain, Span<byte> output)
    {
        Span<byte> header = stackalloc byte[BoxFormat.HeaderPlainSize];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)plain.Length);
        var headerNonce = _nonce;
        BoxNonce.Increment(ref _nonce);
        XSalsa20Poly1305.Seal(output.Slice(BoxFormat.HeaderSize, plain.Length), header[sizeof(ushort)..], plain, _nonce, _key.Bytes);
        BoxNonce.Increment(ref _nonce);
        SealHeader(header, output, headerNonce);
    }

    private void SealHeader(ReadOnlySpan<byte> header, Span<byte> output)
    {
        var nonce = _nonce;
        BoxNonce.Increment(ref _nonce);
        SealHeader(header, output, nonce);
    }

    private void SealHeader(ReadOnlySpan<byte> header, Span<byte> output, in BoxNonce nonce) =>
        XSalsa20Poly1305.Seal(
            output[XSalsa20Poly1305.TagSize..BoxFormat.HeaderSize], output[..XSalsa20Poly1305.TagSize], header, nonce, _key.Bytes);
}
