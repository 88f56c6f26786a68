using System.Security.Cryptography;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>Message keys of one receiving chain whose messages have not arrived, by rising number.</summary>
/// <remarks>Keys lie in one pinned array, wiped when it grows or ends. Spec: docs/protocol/sessions.md §4.7.</remarks>
internal sealed class SkippedMessageKeys : IDisposable
{
    public const int EntrySize = sizeof(uint) + ChainKey.Size;

    private readonly List<uint> _numbers = [];
    private byte[] _keys = [];

    public int Count => _numbers.Count;

    public void Add(uint number, ReadOnlySpan<byte> key)
    {
        var end = _numbers.Count * ChainKey.Size;
        if (end == _keys.Length)
            Grow();
        key.CopyTo(_keys.AsSpan(end));
        _numbers.Add(number);
    }

    public void AddAll(SkippedMessageKeys other)
    {
        for (var i = 0; i < other.Count; i++)
            Add(other._numbers[i], other.KeyAt(i));
    }

    public int IndexOf(uint number) => _numbers.BinarySearch(number);

    public ReadOnlySpan<byte> KeyAt(int index) => _keys.AsSpan(index * ChainKey.Size, ChainKey.Size);

    public void RemoveAt(int index) => Remove(index, 1);

    public void RemoveOldest(int count) => Remove(0, count);

    public void Write(ref WireWriter writer)
    {
        writer.WriteUInt16((ushort)Count);
        for (var i = 0; i < Count; i++)
        {
            writer.WriteUInt32(_numbers[i]);
            writer.WriteFixed(KeyAt(i));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; numbers rise and stay below <paramref name="end"/>.</summary>
    public bool TryRead(ref WireReader reader, uint end, int limit)
    {
        if (!reader.TryReadUInt16(out var count) || count > limit)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt32(out var number) || !reader.TryReadFixed(ChainKey.Size, out var key)
                || number >= end || (Count > 0 && number <= _numbers[^1]))
                return false;
            Add(number, key);
        }
        return true;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_keys);
        _keys = [];
        _numbers.Clear();
    }

    private void Remove(int index, int count)
    {
        var used = _numbers.Count * ChainKey.Size;
        _keys.AsSpan(((index + count) * ChainKey.Size)..used).CopyTo(_keys.AsSpan(index * ChainKey.Size));
        CryptographicOperations.ZeroMemory(_keys.AsSpan((used - (count * ChainKey.Size))..used));
        _numbers.RemoveRange(index, count);
    }

    private void Grow()
    {
        var larger = GC.AllocateUninitializedArray<byte>(Math.Max(8 * ChainKey.Size, _keys.Length * 2), pinned: true);
        _keys.CopyTo(larger, 0);
        CryptographicOperations.ZeroMemory(_keys);
        _keys = larger;
    }
}
