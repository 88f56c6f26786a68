using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Ids and versions of all slots in the order of their ids, as the bytes that are hashed: a change moves bytes and sorts nothing, however many slots there are.</summary>
/// <remarks>Spec: docs/protocol/store.md §3.5.</remarks>
internal sealed class SlotVersions
{
    private const int EntrySize = SlotId.Size + sizeof(ulong);

    private byte[] _bytes;
    private int _length;
    private Hash256? _hash;

    public SlotVersions()
        : this([], 0)
    {
    }

    private SlotVersions(byte[] bytes, int length)
    {
        _bytes = bytes;
        _length = length;
    }

    /// <summary>H("secrets/1/store/slot-versions", (id ‖ version) of all slots).</summary>
    public Hash256 Hash => _hash ??= LabelledHash.Start(Labels.SlotVersions).Add(_bytes.AsSpan(0, _length)).Finish();

    public SlotVersions Clone() => new(_bytes[.._length], _length) { _hash = _hash };

    public void Set(SlotId id, ulong version)
    {
        _hash = null;
        if (!TryFind(id, out var at))
        {
            if (_length == _bytes.Length)
                Array.Resize(ref _bytes, Math.Max(64 * EntrySize, 2 * _bytes.Length));
            _bytes.AsSpan(at, _length - at).CopyTo(_bytes.AsSpan(at + EntrySize));
            id.Bytes.CopyTo(_bytes.AsSpan(at));
            _length += EntrySize;
        }
        BinaryPrimitives.WriteUInt64BigEndian(_bytes.AsSpan(at + SlotId.Size), version);
    }

    public void Remove(SlotId id)
    {
        if (!TryFind(id, out var at))
            return;
        _hash = null;
        _bytes.AsSpan(at + EntrySize, _length - at - EntrySize).CopyTo(_bytes.AsSpan(at));
        _length -= EntrySize;
    }

    public void Clear()
    {
        _hash = null;
        _length = 0;
    }

    /// <summary>Where the entry is, or would be.</summary>
    private bool TryFind(SlotId id, out int at)
    {
        var (low, high) = (0, _length / EntrySize);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = _bytes.AsSpan(middle * EntrySize, SlotId.Size).SequenceCompareTo(id.Bytes);
            if (order == 0)
            {
                at = middle * EntrySize;
                return true;
            }
            if (order < 0)
                low = middle + 1;
            else
                high = middle;
        }
        at = low * EntrySize;
        return false;
    }
}
