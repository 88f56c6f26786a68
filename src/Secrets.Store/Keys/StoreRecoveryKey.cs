using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>256 random bits that open a store in place of its password, and its backup root with it; a person keeps them on paper.</summary>
/// <remarks>32 bytes, from which an X25519 and an ML-KEM-768 key pair follow. Spec: docs/protocol/store.md §3.3.</remarks>
public sealed class StoreRecoveryKey : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private readonly SecretBuffer _seed;

    private StoreRecoveryKey(SecretBuffer seed) => _seed = seed;

    /// <summary>A new random key.</summary>
    public static StoreRecoveryKey Generate(RandomSource random) => new(SecretBuffer.Generate(Size, random));

    /// <summary>The key with these 32 bytes; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static StoreRecoveryKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("The key has 32 bytes.", nameof(bytes));
        return new StoreRecoveryKey(new SecretBuffer(bytes));
    }

    /// <summary>Copies the key out, for writing it down or keeping it elsewhere.</summary>
    /// <exception cref="ArgumentException">The destination has not 32 bytes.</exception>
    public void ExportForVault(Span<byte> destination) => _seed.ExportForVault(destination);

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _seed.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(StoreRecoveryKey);

    /// <summary>The key pair that the slot is sealed to; the caller disposes of it.</summary>
    internal SlotKeyPair OpenPair() => SlotKeyPair.Derive(StoreKeySlotKind.Recovery, _seed);
}
