using System.Buffers.Binary;

namespace Secrets.Crypto;

/// <summary>The project's one way to hash several fields: H(label, x…) = BLAKE2b-256(LP(label) ‖ LP(x)…).</summary>
/// <remarks>
/// LP(x) = length as u32 big-endian ‖ x, so that no two lists of fields give one input. Fields may be secret: they are gathered in
/// pinned buffers that are wiped when they grow and at the end; disposing of one that is given up wipes it too. Once finished it takes nothing more.
/// Spec: docs/protocol/primitives.md §4.2.
/// </remarks>
public sealed class LabelledHash : IDisposable
{
    private const int FirstSize = 256;

    private SecretBuffer _input = new(FirstSize);
    private int _length;

    private LabelledHash(ReadOnlySpan<byte> label) => Append(label);

    /// <summary>Starts with the label, an ASCII text of its own for every use.</summary>
    public static LabelledHash Start(ReadOnlySpan<byte> label) => new(label);

    /// <summary>Adds one field.</summary>
    /// <exception cref="ObjectDisposedException">Already finished.</exception>
    public LabelledHash Add(ReadOnlySpan<byte> field)
    {
        Append(field);
        return this;
    }

    /// <summary>The hash of everything added; wipes it.</summary>
    /// <exception cref="ObjectDisposedException">Already finished.</exception>
    public Hash256 Finish()
    {
        var hash = Hash256.Of(_input.Bytes[.._length]);
        Dispose();
        return hash;
    }

    /// <summary>Wipes what was added.</summary>
    public void Dispose() => _input.Dispose();

    private void Append(ReadOnlySpan<byte> field)
    {
        var length = _length + sizeof(uint) + field.Length;
        if (length > _input.Length)
        {
            using var old = _input;
            _input = new SecretBuffer(Math.Max(length, 2 * old.Length));
            old.Bytes[.._length].CopyTo(_input.Bytes);
        }
        var free = _input.Bytes[_length..];
        BinaryPrimitives.WriteUInt32BigEndian(free, (uint)field.Length);
        field.CopyTo(free[sizeof(uint)..]);
        _length = length;
    }
}
