using System.Text;
using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>What most tests need: names, a clock, randomness, a device, cheap passwords.</summary>
internal sealed class World
{
    public static readonly EntityType Chat = new("chat");
    public static readonly EntityType Message = new("message");
    public static readonly AttributeName Name = AttributeName.One("name");
    public static readonly AttributeName Tags = AttributeName.Set("tags");
    public static readonly AttributeName Key = AttributeName.One("key");
    public static readonly AttributeName Text = AttributeName.One("text", StorePart.Unsigned);
    public static readonly ReadOnlyMemory<byte> Password = Encoding.UTF8.GetBytes("correct horse");
    public static readonly ReadOnlyMemory<byte> OtherPassword = Encoding.UTF8.GetBytes("battery staple");

    public World(ulong seed = 1)
    {
        Random = new TestRandom(seed);
        Device = Ed25519PrivateKey.Generate(Random);
    }

    public TestRandom Random { get; }

    public TestTime Time { get; } = new();

    public Ed25519PrivateKey Device { get; }

    public StoreOptions Options { get; set; } = Cheap();

    public static StoreOptions Cheap(long packThreshold = 8 * 1024 * 1024, bool openRetired = false, bool readOnlyIfDamaged = true) => new()
    {
        PasswordCost = Argon2idParameters.ForTestsOnly(8, 1),
        AcceptAnyCostForTestsOnly = true,
        PackThreshold = packThreshold,
        OpenRetired = openRetired,
        ReadOnlyIfDamaged = readOnlyIfDamaged,
    };

    public static SlotId Slot(int number) => SlotId.Derive("test"u8, BitConverter.GetBytes(number));

    public EntityId NewEntity(EntityType type) => EntityId.Generate(type, Random);

    public async Task<IdentityStore> CreateAsync(IStoreBackend backend)
    {
        var store = await IdentityStore.CreateAsync(backend, Password, Options, Random, Time, CancellationToken.None);
        store.UseDevice(Device);
        return store;
    }

    public async Task<IdentityStore> OpenAsync(IStoreBackend backend, ReadOnlyMemory<byte>? password = null)
    {
        var store = await IdentityStore.OpenAsync(backend, password ?? Password, Options, Random, Time, CancellationToken.None);
        store.UseDevice(Device);
        return store;
    }

    public static async Task AssertAsync(IdentityStore store, EntityId entity, AttributeName attribute, FactValue value)
    {
        using var t = store.Begin();
        t.Assert(entity, attribute, value);
        await t.CommitAsync(CancellationToken.None);
    }

    public static async Task PutAsync(IdentityStore store, SlotId slot, ReadOnlyMemory<byte> value)
    {
        using var t = store.Begin();
        t.PutSlot(slot, value.Span);
        await t.CommitAsync(CancellationToken.None);
    }

    public static string? TextOf(IdentityStore store, EntityId entity, AttributeName attribute) =>
        store.Facts.TryGet(entity, attribute, out var value) ? value.AsText() : null;

    public static byte[]? SlotOf(IdentityStore store, SlotId slot)
    {
        if (!store.TryGetSlot(slot, out var value))
            return null;
        using (value)
            return value.Bytes.ToArray();
    }

    public static async Task<StoreException> RefusedAsync(Func<Task> action) => await Assert.ThrowsAsync<StoreException>(action);
}
