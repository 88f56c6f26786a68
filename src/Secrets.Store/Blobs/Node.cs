using System.Buffers;
using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>A node of the Merkle tree: kind, canonical bytes, and the name that follows from both.</summary>
/// <remarks>Name = H(label of the kind, bytes). Spec: docs/protocol/store.md §3.1.</remarks>
internal sealed class Node
{
    /// <summary>Longest node in bytes.</summary>
    public const int MaxSize = 1024 * 1024;

    public Node(NodeKind kind, ReadOnlyMemory<byte> bytes)
        : this(kind, bytes, NameOf(kind, bytes.Span))
    {
    }

    private Node(NodeKind kind, ReadOnlyMemory<byte> bytes, Hash256 name)
    {
        Kind = kind;
        Bytes = bytes;
        Name = name;
    }

    public NodeKind Kind { get; }

    /// <summary>True for a commit or what is left of one, false for what they are made of.</summary>
    public bool IsCommit => Kind is NodeKind.Commit or NodeKind.Remnant;

    public ReadOnlyMemory<byte> Bytes { get; }

    public Hash256 Name { get; }

    /// <summary>The name of these bytes as a node of this kind; the same as <see cref="LabelledHash"/> gives, without its list.</summary>
    public static Hash256 NameOf(NodeKind kind, ReadOnlySpan<byte> bytes)
    {
        var label = LabelOf(kind);
        var length = sizeof(uint) + label.Length + sizeof(uint) + bytes.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var input = rented.AsSpan(0, length);
        BinaryPrimitives.WriteUInt32BigEndian(input, (uint)label.Length);
        label.CopyTo(input[sizeof(uint)..]);
        BinaryPrimitives.WriteUInt32BigEndian(input[(sizeof(uint) + label.Length)..], (uint)bytes.Length);
        bytes.CopyTo(input[(length - bytes.Length)..]);
        var name = Hash256.Of(input);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return name;
    }

    private static ReadOnlySpan<byte> LabelOf(NodeKind kind) => kind switch
    {
        NodeKind.Commit => Labels.Commit,
        NodeKind.Leaf => Labels.Leaf,
        NodeKind.Chunk => Labels.Chunk,
        NodeKind.Remnant => Labels.Remnant,
        NodeKind.None => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
