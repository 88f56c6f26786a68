using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets.Store;

/// <summary>A growing big-endian writer for nodes, whose size isn't known beforehand. Wiped when disposed and when it grows.</summary>
internal sealed class ByteWriter : IDisposable
{
    private byte[] _bytes;

    public ByteWriter(int capacity = 256) => _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void WriteByte(int value) => Take(1)[0] = checked((byte)value);

    public void WriteUInt16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(sizeof(ushort)), checked((ushort)value));

    public void WriteUInt32(int value) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), checked((uint)value));

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(sizeof(ulong)), value);

    public void WriteFixed(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Writes u8 length ‖ the ASCII name.</summary>
    public void WriteName(string name)
    {
        WriteByte(name.Length);
        var place = Take(name.Length);
        for (var i = 0; i < name.Length; i++)
            place[i] = (byte)name[i];
    }

    public void WriteBytes32(ReadOnlySpan<byte> value)
    {
        WriteUInt32(value.Length);
        WriteFixed(value);
    }

    public Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length)
        {
            var larger = new byte[Math.Max(_bytes.Length * 2, Length + count)];
            Written.CopyTo(larger);
            CryptographicOperations.ZeroMemory(_bytes);
            _bytes = larger;
        }
        var place = _bytes.AsSpan(Length, count);
        Length += count;
        return place;
    }

    /// <summary>What was written from this offset on, to be filled in later.</summary>
    public Span<byte> At(int offset) => _bytes.AsSpan(offset, Length - offset);

    public byte[] ToArray() => Written.ToArray();

    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_bytes.AsSpan(0, Length));
        Length = 0;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
