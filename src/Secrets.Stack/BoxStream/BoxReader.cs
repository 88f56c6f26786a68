using System.Buffers;
using System.Security.Cryptography;

namespace Secrets.Stack;

/// <summary>Takes boxes out of received bytes, however these are cut, and gives their plaintext.</summary>
/// <remarks>The plaintext is borrowed: it is valid until the next call. Idle, it holds no memory.</remarks>
internal sealed class BoxReader(BoxOpener opener) : IDisposable
{
    private byte[]? _plain;
    private int _length;

    /// <summary>True after the last box.</summary>
    public bool IsEnded => opener.IsEnded;

    /// <summary>Opens the next box that is there as a whole; <paramref name="plain"/> is empty if more bytes are needed or the stream has ended.</summary>
    public StackError Read(ref ReadOnlySequence<byte> input, out ReadOnlySpan<byte> plain)
    {
        plain = default;
        if (opener.IsEnded)
            return StackError.None;
        if (opener.BodyLength == 0)
        {
            var error = ReadHeader(ref input);
            if (error != StackError.None || opener.BodyLength == 0)
                return error;
        }

        if (input.Length < opener.BodyLength)
            return StackError.None;
        return ReadBody(ref input, out plain);
    }

    /// <summary>Wipes the plaintext and gives its memory back.</summary>
    public void Release()
    {
        if (_plain is null)
            return;
        CryptographicOperations.ZeroMemory(_plain.AsSpan(0, _length));
        ArrayPool<byte>.Shared.Return(_plain);
        _plain = null;
        _length = 0;
    }

    public void Dispose()
    {
        Release();
        opener.Dispose();
    }

    private StackError ReadHeader(ref ReadOnlySequence<byte> input)
    {
        if (input.Length < BoxFormat.HeaderSize)
            return StackError.None;
        var sealedHeader = input.Slice(0, BoxFormat.HeaderSize);
        StackError error;
        if (sealedHeader.IsSingleSegment)
        {
            error = opener.OpenHeader(sealedHeader.FirstSpan);
        }
        else
        {
            Span<byte> copy = stackalloc byte[BoxFormat.HeaderSize];
            sealedHeader.CopyTo(copy);
            error = opener.OpenHeader(copy);
        }

        input = input.Slice(BoxFormat.HeaderSize);
        return error;
    }

    private StackError ReadBody(ref ReadOnlySequence<byte> input, out ReadOnlySpan<byte> plain)
    {
        var length = opener.BodyLength;
        var body = input.Slice(0, length);
        var target = Reserve(length);
        StackError error;
        if (body.IsSingleSegment)
        {
            error = opener.OpenBody(body.FirstSpan, target);
        }
        else
        {
            body.CopyTo(target);
            error = opener.OpenBody(target, target);
        }

        input = input.Slice(length);
        plain = error == StackError.None ? target : default;
        return error;
    }

    private Span<byte> Reserve(int length)
    {
        if (_plain is null || _plain.Length < length)
        {
            Release();
            _plain = ArrayPool<byte>.Shared.Rent(Math.Max(length, BoxFormat.MaxSentBody));
        }

        _length = Math.Max(_length, length);
        return _plain.AsSpan(0, length);
    }
}
