using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>What a key slot is sealed to: X25519 (32) ‖ ML-KEM-768 (1,184).</summary>
/// <remarks>Spec: docs/protocol/store.md §3.4.</remarks>
internal sealed class SlotPublicKey
{
    public const int Size = X25519PublicKey.Size + MlKemEncapsulationKey.Size;

    private readonly byte[] _bytes;

    public SlotPublicKey(in X25519PublicKey agreement, MlKemEncapsulationKey encapsulation)
    {
        Agreement = agreement;
        Encapsulation = encapsulation;
        _bytes = [.. agreement.Bytes, .. encapsulation.Bytes];
    }

    public X25519PublicKey Agreement { get; }

    public MlKemEncapsulationKey Encapsulation { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads exactly 1,216 bytes; false for another length, a point of small order, or a key that isn't reduced.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out SlotPublicKey? key)
    {
        key = null;
        if (source.Length != Size || !X25519PublicKey.TryRead(source[..X25519PublicKey.Size], out var agreement)
            || !MlKemEncapsulationKey.TryRead(source[X25519PublicKey.Size..], out var encapsulation) || !IsAgreeable(agreement))
            return false;
        key = new SlotPublicKey(agreement, encapsulation);
        return true;
    }

    /// <summary>False for a point of small order: every clamped scalar is a multiple of eight, so any one of them shows it.</summary>
    private static bool IsAgreeable(in X25519PublicKey point)
    {
        Span<byte> shared = stackalloc byte[X25519PrivateKey.SharedSize];
        Span<byte> scalar = stackalloc byte[X25519PrivateKey.Size];
        scalar.Clear();
        using var any = X25519PrivateKey.FromBytes(scalar);
        return any.TryAgree(point, shared);
    }
}
