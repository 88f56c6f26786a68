using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The receiving direction of a box stream. After the first refusal nothing more may be opened.</summary>
/// <remarks>Spec: docs/protocol/stack.md §4.3.</remarks>
internal sealed class BoxOpener : IDisposable
{
    private readonly SecretBuffer _key;
    private readonly byte[] _bodyTag = new byte[XSalsa20Poly1305.TagSize];
    private BoxNonce _nonce;

    public BoxOpener(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        _key = new SecretBuffer(key);
        _nonce = BoxNonce.Read(nonce);
    }

    /// <summary>The length of the body that comes next; zero when a header does.</summary>
    public int BodyLength { get; private set; }

    /// <summary>True after the last box.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Opens a header of 34 bytes.</summary>
    public StackError OpenHeader(ReadOnlySpan<byte> sealedHeader)
    {
        Span<byte> header = stackalloc byte[BoxFormat.HeaderPlainSize];
        var isOpen = XSalsa20Poly1305.TryOpen(
            header, sealedHeader[XSalsa20Poly1305.TagSize..BoxFormat.HeaderSize], sealedHeader[..XSalsa20Poly1305.TagSize], _nonce, _key.Bytes);
        if (!isOpen)
            return StackError.BadBoxHeader;
        BoxNonce.Increment(ref _nonce);
        if (!header.ContainsAnyExcept((byte)0))
        {
            IsEnded = true;
            return StackError.None;
        }

        BodyLength = BinaryPrimitives.ReadUInt16BigEndian(header);
        if (BodyLength == 0)
            return StackError.BadBoxBody;
        header[sizeof(ushort)..].CopyTo(_bodyTag);
        return StackError.None;
    }

    /// <summary>Opens a body of <see cref="BodyLength"/> bytes; input and output may be the same memory.</summary>
    public StackError OpenBody(ReadOnlySpan<byte> body, Span<byte> plain)
    {
        if (!XSalsa20Poly1305.TryOpen(plain[..BodyLength], body, _bodyTag, _nonce, _key.Bytes))
            return StackError.BadBoxBody;
        BoxNonce.Increment(ref _nonce);
        BodyLength = 0;
        return StackError.None;
    }

    /// <summary>The key and the next nonce.</summary>
    internal void ExportForTestsOnly(Span<byte> destination)
    {
        _key.Bytes.CopyTo(destination);
        ((ReadOnlySpan<byte>)_nonce).CopyTo(destination[_key.Bytes.Length..]);
    }

    public void Dispose() => _key.Dispose();
}
