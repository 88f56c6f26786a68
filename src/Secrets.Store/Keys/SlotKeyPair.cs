using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The key pairs that open a slot: X25519 and ML-KEM-768, both from 32 bytes.</summary>
/// <remarks>HKDF-Expand-SHA-256(32 bytes, label of the kind, 96) = X25519 (32) ‖ ML-KEM d ‖ z (64). Spec: docs/protocol/store.md §3.3.</remarks>
internal sealed class SlotKeyPair : IDisposable
{
    private SlotKeyPair(StoreKeySlotKind kind, X25519PrivateKey agreement, MlKemDecapsulationKey decapsulation)
    {
        Kind = kind;
        Agreement = agreement;
        Decapsulation = decapsulation;
        PublicKey = new SlotPublicKey(agreement.PublicKey, decapsulation.EncapsulationKey);
    }

    public StoreKeySlotKind Kind { get; }

    public X25519PrivateKey Agreement { get; }

    public MlKemDecapsulationKey Decapsulation { get; }

    public SlotPublicKey PublicKey { get; }

    public static SlotKeyPair Derive(StoreKeySlotKind kind, SecretBuffer seed)
    {
        Span<byte> expanded = stackalloc byte[X25519PrivateKey.Size + MlKemDecapsulationKey.SeedSize];
        Hkdf.ExpandSha256(expanded, seed.Bytes, kind switch
        {
            StoreKeySlotKind.Recovery => Labels.RecoveryKeyPair,
            StoreKeySlotKind.Device => Labels.DeviceKeyPair,
            StoreKeySlotKind.None or StoreKeySlotKind.Password => throw new ArgumentOutOfRangeException(nameof(kind)),
        });
        var pair = new SlotKeyPair(kind, X25519PrivateKey.FromBytes(expanded[..X25519PrivateKey.Size]), MlKemDecapsulationKey.FromSeed(expanded[X25519PrivateKey.Size..]));
        CryptographicOperations.ZeroMemory(expanded);
        return pair;
    }

    public void Dispose()
    {
        Agreement.Dispose();
        Decapsulation.Dispose();
    }
}
