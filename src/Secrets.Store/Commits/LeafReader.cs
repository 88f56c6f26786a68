using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>Reads the facts of a leaf.</summary>
internal sealed class LeafReader
{
    private readonly NodeSource _nodes;
    private readonly Ed25519PublicKey[] _authors;
    private readonly List<Fact> _facts;
    private int _chunked;

    public LeafReader(NodeSource nodes, Ed25519PublicKey[] authors, List<Fact> facts)
    {
        _nodes = nodes;
        _authors = authors;
        _facts = facts;
    }

    public CommitError TryRead(ReadOnlySpan<byte> leaf)
    {
        var reader = new WireReader(leaf);
        if (!reader.TryReadUInt16(out var groups))
            return CommitError.Malformed;
        for (var i = 0; i < groups; i++)
        {
            if (!TryReadName(ref reader, out var type) || !reader.TryReadFixed(EntityId.UuidSize, out var uuid) || !reader.TryReadUInt16(out var count) || count == 0)
                return CommitError.Malformed;
            var entity = EntityId.FromUuid(type, uuid);
            for (var j = 0; j < count; j++)
            {
                var error = TryReadFact(ref reader, entity);
                if (error != CommitError.None)
                    return error;
            }
        }
        return reader.IsAtEnd ? CommitError.None : CommitError.Malformed;
    }

    private static bool TryReadName(ref WireReader reader, out EntityType type)
    {
        type = default;
        if (!reader.TryReadBytes8(StoreName.MaxSize, out var bytes) || !StoreName.TryRead(bytes, out var name))
            return false;
        type = EntityType.FromChecked(name);
        return true;
    }

    private CommitError TryReadFact(ref WireReader reader, EntityId entity)
    {
        if (_facts.Count >= CommitWriter.MaxFacts
            || !reader.TryReadByte(out var operation) || operation is not (CommitWriter.AssertOperation or CommitWriter.RetractOperation)
            || !reader.TryReadByte(out var flags) || !reader.TryReadBytes8(StoreName.MaxSize, out var name) || !AttributeName.TryRead(flags, name, out var attribute)
            || !TryReadDots(ref reader, out var superseded))
            return CommitError.Malformed;
        FactValue? value = null;
        if (operation == CommitWriter.AssertOperation)
        {
            var error = TryReadValue(ref reader, out value);
            if (error != CommitError.None)
                return error;
        }
        else if (superseded.Length == 0)
        {
            return CommitError.Malformed;
        }
        _facts.Add(new Fact(entity, attribute, value, superseded));
        return CommitError.None;
    }

    private bool TryReadDots(ref WireReader reader, out Dot[] dots)
    {
        const int DotSize = 1 + sizeof(ulong) + sizeof(ushort);
        dots = [];
        if (!reader.TryReadUInt16(out var count) || reader.Remaining < count * DotSize)
            return false;
        if (count == 0)
            return true;
        dots = new Dot[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadByte(out var author) || author >= _authors.Length || !reader.TryReadUInt64(out var time) || !reader.TryReadUInt16(out var index))
                return false;
            dots[i] = new Dot(_authors[author], new HybridTime(time), index);
            if (i > 0 && dots[i].Equals(dots[i - 1]))
                return false;
        }
        return true;
    }

    private CommitError TryReadValue(ref WireReader reader, [MaybeNull] out FactValue value)
    {
        value = null;
        if (!reader.TryReadByte(out var kindByte))
            return CommitError.Malformed;
        var kind = (FactKind)kindByte;
        EntityType type = default;
        ReadOnlySpan<byte> bytes;
        switch (kind)
        {
            case FactKind.Text or FactKind.Bytes or FactKind.Secret:
                return TryReadLong(ref reader, kind, out value);
            case FactKind.Number or FactKind.Time:
                if (!reader.TryReadFixed(sizeof(long), out bytes))
                    return CommitError.Malformed;
                break;
            case FactKind.Boolean:
                if (!reader.TryReadFixed(1, out bytes))
                    return CommitError.Malformed;
                break;
            case FactKind.Reference:
                if (!TryReadName(ref reader, out type) || !reader.TryReadFixed(EntityId.UuidSize, out bytes))
                    return CommitError.Malformed;
                break;
            case FactKind.None:
            default:
                return CommitError.Malformed;
        }
        return FactValue.TryRead(kind, bytes, type, out value) ? CommitError.None : CommitError.Malformed;
    }

    private CommitError TryReadLong(ref WireReader reader, FactKind kind, [MaybeNull] out FactValue value)
    {
        value = null;
        if (!reader.TryReadUInt32(out var length) || length > FactValue.MaxSize)
            return CommitError.Malformed;
        if (length <= CommitWriter.MaxInlineValueSize)
            return reader.TryReadFixed((int)length, out var inline) && FactValue.TryRead(kind, inline, default, out value) ? CommitError.None : CommitError.Malformed;

        // the names must be there before memory is taken for what they stand for
        _chunked += (int)length;
        if (reader.Remaining / Hash256.Size < (int)length / CommitWriter.ChunkSize || _chunked > CommitWriter.MaxChunkedSize)
            return CommitError.Malformed;
        var whole = new byte[length];
        var filled = 0;
        while (filled < whole.Length)
        {
            var size = Math.Min(CommitWriter.ChunkSize, whole.Length - filled);
            if (!reader.TryReadFixed(Hash256.Size, out var bytes) || !Hash256.TryRead(bytes, out var name))
                return CommitError.Malformed;
            if (!_nodes.TryGet(name, NodeKind.Chunk, out var chunk))
                return CommitError.MissingNode;
            if (chunk.Bytes.Length != size)
                return CommitError.Malformed;
            chunk.Bytes.Span.CopyTo(whole.AsSpan(filled));
            filled += size;
        }
        var isRead = FactValue.TryRead(kind, whole, default, out value);
        CryptographicOperations.ZeroMemory(whole);
        return isRead ? CommitError.None : CommitError.Malformed;
    }
}
