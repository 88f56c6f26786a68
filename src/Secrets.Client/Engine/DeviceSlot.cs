using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <summary>The slot of this device: the key that signs its commits, and how often the store was opened (decision 14).</summary>
/// <remarks>version 1 ‖ Ed25519 seed 32 ‖ generation 4.</remarks>
internal static class DeviceSlot
{
    private const byte Version = 1;
    private const int Size = 1 + Ed25519PrivateKey.SeedSize + sizeof(uint);

    private static SlotId Id => SlotId.Derive("device"u8, default);

    /// <summary>Gives a new store its device; the key is the caller's, and must live while the store writes with it.</summary>
    public static async ValueTask<Ed25519PrivateKey> CreateAsync(IdentityStore store, RandomSource random, StoreTransaction transaction, CancellationToken cancellationToken)
    {
        using var slot = new SecretBuffer(Size);
        slot.Bytes[0] = Version;
        random.Fill(slot.Bytes.Slice(1, Ed25519PrivateKey.SeedSize));
        var key = UseKey(store, slot);
        transaction.PutSlot(Id, slot.Bytes);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return key;
    }

    /// <summary>Takes the device's key into use and counts this opening; gives both.</summary>
    public static async ValueTask<(Ed25519PrivateKey Key, uint Generation)> OpenAsync(IdentityStore store, RandomSource random, CancellationToken cancellationToken)
    {
        using var transaction = store.Begin();
        if (!store.TryGetSlot(Id, out var slot))
        {
            return (await CreateAsync(store, random, transaction, cancellationToken).ConfigureAwait(false), 0);
        }
        using (slot)
        {
            SlotFormat.Require(slot.Length == Size);
            SlotFormat.Require(slot.Bytes[0] == Version);
            var key = UseKey(store, slot);
            var counter = slot.Bytes[^sizeof(uint)..];
            var generation = checked(BinaryPrimitives.ReadUInt32BigEndian(counter) + 1);
            BinaryPrimitives.WriteUInt32BigEndian(counter, generation);
            transaction.PutSlot(Id, slot.Bytes);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return (key, generation);
        }
    }

    private static Ed25519PrivateKey UseKey(IdentityStore store, SecretBuffer slot)
    {
        var key = Ed25519PrivateKey.FromSeed(slot.Bytes.Slice(1, Ed25519PrivateKey.SeedSize));
        store.UseDevice(key);
        return key;
    }
}
