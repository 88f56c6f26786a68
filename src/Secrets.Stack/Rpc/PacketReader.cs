using System.Buffers.Binary;

namespace Secrets.Stack;

/// <summary>Puts packets together from plaintext, however it is cut. Between packets it holds no memory.</summary>
/// <remarks>Memory grows with the bytes that have come, not with the length that was claimed. Spec: docs/protocol/stack.md §4.4.</remarks>
internal sealed class PacketReader(int maxItemSize) : IDisposable
{
    /// <summary>What is borrowed for a long body before its bytes are there.</summary>
    private const int FirstBuffer = 16 << 10;

    private readonly byte[] _header = new byte[PacketFormat.HeaderSize];
    private int _headerCount;
    private byte[] _body = [];
    private int _bodyCount;
    private int _length;

    /// <summary>True after the other side's goodbye.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Takes from the plaintext until a packet is whole; without one, all was taken. After an error nothing more may be read.</summary>
    public StackError Read(ref ReadOnlySpan<byte> plain, out Packet packet)
    {
        packet = default;
        if (IsEnded)
        {
            plain = default;
            return StackError.None;
        }

        if (_headerCount < PacketFormat.HeaderSize)
        {
            var error = ReadHeader(ref plain);
            if (error != StackError.None || IsEnded || _headerCount < PacketFormat.HeaderSize)
                return error;
        }

        ReadBody(ref plain);
        if (_bodyCount < _length)
            return StackError.None;
        _ = PacketFormat.TryReadKind(_header[0], out var kind);
        var id = BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan(5));
        packet = new Packet(id, _header[0], new RpcItem(kind, _body, _length));
        _body = [];
        _bodyCount = 0;
        _headerCount = 0;
        return StackError.None;
    }

    /// <summary>Wipes and gives back what was received of an unfinished packet.</summary>
    public void Dispose()
    {
        Replace([]);
        IsEnded = true;
    }

    private StackError ReadHeader(ref ReadOnlySpan<byte> plain)
    {
        var count = Math.Min(plain.Length, PacketFormat.HeaderSize - _headerCount);
        plain[..count].CopyTo(_header.AsSpan(_headerCount));
        plain = plain[count..];
        _headerCount += count;
        if (_headerCount < PacketFormat.HeaderSize)
            return StackError.None;
        if (!_header.AsSpan().ContainsAnyExcept((byte)0))
        {
            IsEnded = true;
            return StackError.None;
        }

        if (!PacketFormat.TryReadKind(_header[0], out _))
            return StackError.BadPacket;
        var length = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(1));
        if (length > (uint)maxItemSize)
            return StackError.PacketTooLarge;
        _length = (int)length;
        return StackError.None;
    }

    private void ReadBody(ref ReadOnlySpan<byte> plain)
    {
        var count = Math.Min(plain.Length, _length - _bodyCount);
        var needed = _bodyCount + count;
        if (needed > _body.Length)
            Replace(ItemMemory.Rent(Math.Min(_length, Math.Max(FirstBuffer, 2 * needed))));
        plain[..count].CopyTo(_body.AsSpan(_bodyCount));
        plain = plain[count..];
        _bodyCount = needed;
    }

    private void Replace(byte[] buffer)
    {
        _body.AsSpan(0, Math.Min(_bodyCount, buffer.Length)).CopyTo(buffer);
        ItemMemory.Return(_body, _bodyCount);
        _body = buffer;
    }
}
