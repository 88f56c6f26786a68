using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>The secret state of a channel at one index: 104 bytes, from which this and all later boxes follow and none before.</summary>
/// <remarks>
/// BACAP's message box index, byte for byte: Idx64 (u64, little-endian) 8 ‖ K 32 ‖ E 32 ‖ H 32.
/// Advance: HKDF-BLAKE2b-512(ikm = H, salt = none, info = Idx64, 96) = H' ‖ E' ‖ K'; Idx64' = Idx64 + 1.
/// Reference: arXiv 2501.02933 section 4. Spec: docs/protocol/boxes.md §4.1. Owner: whoever made it; wiped on disposal.
/// </remarks>
public sealed class BoxIndexState : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = sizeof(ulong) + 3 * PartSize; // Idx64, K, E, H

    internal const int PartSize = 32;

    private const int BlindingOffset = sizeof(ulong);
    private const int EncryptionOffset = BlindingOffset + PartSize;
    private const int ChainOffset = EncryptionOffset + PartSize;

    private readonly SecretBuffer _bytes;

    private BoxIndexState(ReadOnlySpan<byte> bytes) => _bytes = new SecretBuffer(bytes);

    /// <summary>The index; not secret by itself.</summary>
    public ulong Index => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.Bytes);

    /// <summary>True at 2^64 − 1, from where there is no advance.</summary>
    public bool IsLast => Index == ulong.MaxValue;

    /// <summary>K: what addresses are blinded with.</summary>
    internal ReadOnlySpan<byte> BlindingMaterial => _bytes.Bytes.Slice(BlindingOffset, PartSize);

    /// <summary>E: what encryption keys are made from.</summary>
    internal ReadOnlySpan<byte> EncryptionMaterial => _bytes.Bytes.Slice(EncryptionOffset, PartSize);

    internal ReadOnlySpan<byte> Bytes => _bytes.Bytes;

    /// <summary>Reads exactly 104 bytes; false for another length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out BoxIndexState? state)
    {
        state = source.Length == Size ? new BoxIndexState(source) : null;
        return state is not null;
    }

    /// <summary>The state one advance behind (index, H): how every channel starts.</summary>
    internal static BoxIndexState Start(ulong index, ReadOnlySpan<byte> chainKey)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, index);
        chainKey.CopyTo(bytes[ChainOffset..]);
        var state = new BoxIndexState(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        if (!state.TryAdvance())
            throw new ArgumentOutOfRangeException(nameof(index));
        return state;
    }

    /// <summary>Moves to the next index and erases this one; false, and nothing moves, at the last index.</summary>
    public bool TryAdvance()
    {
        if (IsLast)
            return false;
        Derive(_bytes.Bytes, _bytes.Bytes);
        return true;
    }

    /// <summary>The state of the next index beside this one, for looking ahead.</summary>
    internal bool TryDeriveNext([NotNullWhen(true)] out BoxIndexState? next)
    {
        next = null;
        if (IsLast)
            return false;
        next = new BoxIndexState(_bytes.Bytes);
        return next.TryAdvance();
    }

    /// <summary>A second owner's copy of this state.</summary>
    internal BoxIndexState Duplicate() => new(_bytes.Bytes);

    /// <summary>Copies the 104 bytes out, for a capability or a sealed store.</summary>
    public void ExportForVault(Span<byte> destination) => _bytes.ExportForVault(destination);

    /// <summary>Wipes the state.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxIndexState);

    private static void Derive(Span<byte> next, ReadOnlySpan<byte> state)
    {
        Span<byte> output = stackalloc byte[3 * PartSize];
        Hkdf.DeriveBlake2b(output, state[ChainOffset..], salt: default, info: state[..sizeof(ulong)]);
        var index = BinaryPrimitives.ReadUInt64LittleEndian(state) + 1;
        BinaryPrimitives.WriteUInt64LittleEndian(next, index);
        output[..PartSize].CopyTo(next[ChainOffset..]);
        output.Slice(PartSize, PartSize).CopyTo(next[EncryptionOffset..]);
        output[(2 * PartSize)..].CopyTo(next[BlindingOffset..]);
        CryptographicOperations.ZeroMemory(output);
    }
}
