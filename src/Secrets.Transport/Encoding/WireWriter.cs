using System.Buffers.Binary;

namespace Secrets.Transport.Encoding;

/// <summary>Writes fixed and length-prefixed fields, big-endian, into memory of the caller.</summary>
/// <remarks>Sizes are known beforehand, so a destination that is too short is our own mistake and throws. Spec: docs/protocol/encoding.md §3.</remarks>
public ref struct WireWriter
{
    private readonly Span<byte> _destination;

    /// <summary>Starts at the first byte.</summary>
    public WireWriter(Span<byte> destination)
    {
        _destination = destination;
        Length = 0;
    }

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes a u16, big-endian.</summary>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(sizeof(ushort)), value);

    /// <summary>Writes a u32, big-endian.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), value);

    /// <summary>Writes a u64, big-endian.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(sizeof(ulong)), value);

    /// <summary>Writes bytes whose number the format fixes.</summary>
    public void WriteFixed(scoped ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Writes zero bytes.</summary>
    public void WriteZeros(int count) => Take(count).Clear();

    /// <summary>Writes u8 length ‖ bytes.</summary>
    public void WriteBytes8(scoped ReadOnlySpan<byte> value)
    {
        WriteByte(checked((byte)value.Length));
        WriteFixed(value);
    }

    /// <summary>Writes u16 length ‖ bytes.</summary>
    public void WriteBytes16(scoped ReadOnlySpan<byte> value)
    {
        WriteUInt16(checked((ushort)value.Length));
        WriteFixed(value);
    }

    /// <summary>Writes LP(x): u32 length ‖ bytes.</summary>
    public void WriteBytes32(scoped ReadOnlySpan<byte> value)
    {
        WriteUInt32((uint)value.Length);
        WriteFixed(value);
    }

    /// <summary>Reserves a number of bytes for the caller to fill.</summary>
    public Span<byte> Take(int count)
    {
        var taken = _destination.Slice(Length, count);
        Length += count;
        return taken;
    }
}
