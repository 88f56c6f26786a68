using System.Buffers.Binary;

namespace Secrets.Crypto;

/// <summary>The project's one way to hash several fields: H(label, x…) = BLAKE2b-256(LP(label) ‖ LP(x)…).</summary>
/// <remarks>LP(x) = length as u32 big-endian ‖ x, so that no two lists of fields give one input. Spec: docs/protocol/primitives.md.</remarks>
public sealed class LabelledHash
{
    private readonly List<byte> _input = [];

    private LabelledHash(ReadOnlySpan<byte> label) => Append(label);

    /// <summary>Starts with the label, an ASCII text of its own for every use.</summary>
    public static LabelledHash Start(ReadOnlySpan<byte> label) => new(label);

    /// <summary>Adds one field.</summary>
    public LabelledHash Add(ReadOnlySpan<byte> field)
    {
        Append(field);
        return this;
    }

    /// <summary>The hash of everything added.</summary>
    public Hash256 Finish()
    {
        var input = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_input);
        var hash = Hash256.Of(input);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(input);
        _input.Clear();
        return hash;
    }

    private void Append(ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)field.Length);
        _input.AddRange(length);
        _input.AddRange(field);
    }
}
