using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>The right to read a channel from one index on: root public key 32 ‖ index state 104, 136 bytes, secret.</summary>
/// <remarks>
/// Handed over inside sessions only. All who hold one are equal; it can't write. Wiped on disposal.
/// Spec: docs/protocol/boxes.md §3.4.
/// </remarks>
public sealed class ReadCapability : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = Ed25519PublicKey.Size + BoxIndexState.Size;

    private readonly Ed25519PublicKey _root;
    private readonly BoxIndexState _state;

    internal ReadCapability(in Ed25519PublicKey root, BoxIndexState state)
    {
        _root = root;
        _state = state;
    }

    /// <summary>The first index that can be read.</summary>
    public ulong Index => _state.Index;

    internal ref readonly Ed25519PublicKey Root => ref _root;

    internal BoxIndexState State => _state;

    /// <summary>Reads exactly 136 bytes; false for another length or a root that is no point of the prime-order group.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out ReadCapability? capability)
    {
        capability = null;
        if (source.Length != Size || !Ed25519PublicKey.TryRead(source[..Ed25519PublicKey.Size], out var root))
            return false;
        if (!BoxIndexState.TryRead(source[Ed25519PublicKey.Size..], out var state))
            return false;
        capability = new ReadCapability(root, state);
        return true;
    }

    /// <summary>Writes 136 secret bytes, for the inside of a session message or a sealed store.</summary>
    public void Write(Span<byte> destination)
    {
        if (destination.Length != Size)
            throw new ArgumentException("A read capability has 136 bytes.", nameof(destination));
        _root.Bytes.CopyTo(destination);
        _state.ExportForVault(destination[Ed25519PublicKey.Size..]);
    }

    /// <summary>Gives up the present index for the next; false at the last one.</summary>
    public bool TryAdvance() => _state.TryAdvance();

    /// <summary>Address and key of the present index at one relay.</summary>
    public BoxReadKeys DeriveKeys(in RelayId relay, BoxClass boxClass) =>
        BoxReadKeys.Derive(_root, _state.BlindingMaterial, _state.EncryptionMaterial, relay, boxClass);

    /// <summary>Wipes the capability.</summary>
    public void Dispose() => _state.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ReadCapability);
}
