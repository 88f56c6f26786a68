using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>256 random bits with which a device opens a store; the store is told their public half alone.</summary>
/// <remarks>32 bytes, from which an X25519 and an ML-KEM-768 key pair follow. Spec: docs/protocol/store.md §3.3.</remarks>
public sealed class StoreDeviceKey : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly SecretBuffer _seed;

    private StoreDeviceKey(SecretBuffer seed) => _seed = seed;

    /// <summary>A new random key.</summary>
    public static StoreDeviceKey Generate(RandomSource random) => new(SecretBuffer.Generate(Size, random));

    /// <summary>The key with these 32 bytes; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static StoreDeviceKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("The key has 32 bytes.", nameof(bytes));
        return new StoreDeviceKey(new SecretBuffer(bytes));
    }

    /// <summary>The public half, which a store is told.</summary>
    public StoreDevicePublicKey PublicKey()
    {
        using var pair = OpenPair();
        return new StoreDevicePublicKey(pair.PublicKey);
    }

    /// <summary>Copies the key out, for writing it down or keeping it elsewhere.</summary>
    /// <exception cref="ArgumentException">The destination has not 32 bytes.</exception>
    public void ExportForVault(Span<byte> destination) => _seed.ExportForVault(destination);

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _seed.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(StoreDeviceKey);

    /// <summary>The key pair that the slot is sealed to; the caller disposes of it.</summary>
    internal SlotKeyPair OpenPair() => SlotKeyPair.Derive(StoreKeySlotKind.Device, _seed);
}
