using System.Buffers.Binary;

namespace Secrets.Transport.Encoding;

/// <summary>Reads fixed and length-prefixed fields, big-endian, from bytes that somebody else owns.</summary>
/// <remarks>
/// A field that does not fit answers false and leaves the reader where it was; lengths are checked before anything is
/// taken, so no input makes it allocate or overflow. Spans returned are views of the source. Spec: docs/protocol/encoding.md §3.
/// </remarks>
public ref struct WireReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first byte.</summary>
    public WireReader(ReadOnlySpan<byte> source) => _rest = source;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>True when every byte was read: the last check of every decoder.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads one byte.</summary>
    public bool TryReadByte(out byte value)
    {
        value = 0;
        if (_rest.IsEmpty)
            return false;
        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Reads a u16, big-endian.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value))
            return false;
        _rest = _rest[sizeof(ushort)..];
        return true;
    }

    /// <summary>Reads a u32, big-endian.</summary>
    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value))
            return false;
        _rest = _rest[sizeof(uint)..];
        return true;
    }

    /// <summary>Reads a u64, big-endian.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64BigEndian(_rest, out value))
            return false;
        _rest = _rest[sizeof(ulong)..];
        return true;
    }

    /// <summary>Reads a number of bytes that the format fixes.</summary>
    public bool TryReadFixed(int size, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (size < 0 || size > _rest.Length)
            return false;
        value = _rest[..size];
        _rest = _rest[size..];
        return true;
    }

    /// <summary>Reads u8 length ‖ bytes, at most <paramref name="limit"/> bytes.</summary>
    public bool TryReadBytes8(int limit, out ReadOnlySpan<byte> value)
    {
        var start = _rest;
        value = default;
        if (TryReadByte(out var length) && length <= limit && TryReadFixed(length, out value))
            return true;
        _rest = start;
        return false;
    }

    /// <summary>Reads u16 length ‖ bytes, at most <paramref name="limit"/> bytes.</summary>
    public bool TryReadBytes16(int limit, out ReadOnlySpan<byte> value)
    {
        var start = _rest;
        value = default;
        if (TryReadUInt16(out var length) && length <= limit && TryReadFixed(length, out value))
            return true;
        _rest = start;
        return false;
    }

    /// <summary>Reads LP(x): u32 length ‖ bytes, at most <paramref name="limit"/> bytes.</summary>
    public bool TryReadBytes32(int limit, out ReadOnlySpan<byte> value)
    {
        var start = _rest;
        value = default;
        if (TryReadUInt32(out var length) && length <= (uint)limit && TryReadFixed((int)length, out value))
            return true;
        _rest = start;
        return false;
    }
}
