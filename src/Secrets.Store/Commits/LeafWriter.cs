using System.Buffers.Binary;

namespace Secrets.Store;

/// <summary>Fills one leaf after the other: groups of facts by entity, as many as fit 16 KiB, one at least.</summary>
internal sealed class LeafWriter : IDisposable
{
    private const int CountSize = sizeof(ushort);

    private readonly ByteWriter _bytes = new(CommitWriter.MaxLeafSize);
    private EntityId? _entity;
    private int _groups;
    private int _groupCountAt;
    private int _factsInGroup;

    /// <summary>Adds an encoded fact; false if it doesn't fit any more and the leaf isn't empty.</summary>
    public bool TryAdd(EntityId entity, ReadOnlySpan<byte> fact)
    {
        var isNewGroup = _entity != entity;
        var size = fact.Length + (isNewGroup ? 1 + entity.Type.Name.Length + EntityId.UuidSize + CountSize : 0);
        if (_groups > 0 && _bytes.Length + size > CommitWriter.MaxLeafSize)
            return false;
        if (_groups == 0)
            _bytes.WriteUInt16(0);
        if (isNewGroup)
        {
            _bytes.WriteName(entity.Type.Name);
            entity.WriteUuid(_bytes.Take(EntityId.UuidSize));
            _groupCountAt = _bytes.Length;
            _bytes.WriteUInt16(0);
            _entity = entity;
            _factsInGroup = 0;
            _groups++;
        }
        _bytes.WriteFixed(fact);
        _factsInGroup++;
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.At(_groupCountAt), (ushort)_factsInGroup);
        return true;
    }

    /// <summary>The leaf; the writer is empty again.</summary>
    public byte[] Finish()
    {
        var leaf = _bytes.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(leaf, (ushort)_groups);
        _bytes.Clear();
        _entity = null;
        _groups = 0;
        return leaf;
    }

    public void Dispose() => _bytes.Dispose();
}
