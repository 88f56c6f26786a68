using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>E-24: what an earlier version wrote opens for ever. Made once with the real cost of a password and kept.</summary>
public class GoldenTests
{
    private const string StoreFolder = "store-1";
    private const string ExportName = "export-1.s2";
    private const string SecondStoreFolder = "store-2";
    private const string SecondExportName = "export-2.s2";

    [Fact]
    public async Task E24_The_store_of_version_1_opens()
    {
        await WriteIfAskedAsync();
        var files = await ReadAsync(StoreFolder);
        var world = new World { Options = StoreOptions.Default };
        await using var store = await world.OpenAsync(new MemoryBackend(files));

        Assert.Empty(store.Damage);
        AssertFacts(store);
        Assert.Equal("state 3"u8.ToArray(), World.SlotOf(store, World.Slot(1)));
        Assert.Single(store.Slots);
        using var root = await store.OpenBackupRootAsync(World.Password, CancellationToken.None);
        Assert.Equal("backup root"u8.ToArray(), root!.Bytes.ToArray());
    }

    [Fact]
    public async Task E24_The_store_with_every_kind_of_key_slot_after_a_purge_opens_in_each_way()
    {
        await WriteSecondIfAskedAsync();
        var files = await ReadAsync(SecondStoreFolder);
        var world = new World { Options = StoreOptions.Default };
        using var recovery = StoreRecoveryKey.FromBytes(RecoveryBytes);
        using var device = StoreDeviceKey.FromBytes(DeviceBytes);
        foreach (var open in new Func<Task<IdentityStore>>[]
        {
            () => world.OpenAsync(new MemoryBackend(files)),
            () => IdentityStore.OpenAsync(new MemoryBackend(files), recovery, world.Options, world.Random, world.Time, CancellationToken.None),
            () => IdentityStore.OpenAsync(new MemoryBackend(files), device, world.Options, world.Random, world.Time, CancellationToken.None),
        })
        {
            await using var store = await open();
            Assert.Empty(store.Damage);
            Assert.Equal(2, store.OtherKeySlots.Count);
            AssertPurged(store);
            Assert.Equal("state"u8.ToArray(), World.SlotOf(store, World.Slot(1)));
            using var root = store.OpenBackupRoot(recovery);
            Assert.Equal("backup root"u8.ToArray(), root!.Bytes.ToArray());
        }
    }

    [Fact]
    public async Task E24_The_export_of_version_2_opens()
    {
        await WriteSecondIfAskedAsync();
        var world = new World { Options = StoreOptions.Default };
        await using var file = File.OpenRead(Path.Combine(Folder(), SecondExportName));
        await using var store = await IdentityStore.ImportAsync(file, World.Password, new MemoryBackend(), World.OtherPassword, World.Cheap(), world.Random, world.Time, CancellationToken.None);
        AssertPurged(store);
    }

    [Fact]
    public async Task E24_The_export_of_version_1_opens()
    {
        await WriteIfAskedAsync();
        var world = new World { Options = StoreOptions.Default };
        await using var file = File.OpenRead(Path.Combine(Folder(), ExportName));
        await using var store = await IdentityStore.ImportAsync(file, World.Password, new MemoryBackend(), World.OtherPassword, World.Cheap(), world.Random, world.Time, CancellationToken.None);
        AssertFacts(store);
        Assert.Empty(store.Slots);
    }

    private static readonly byte[] RecoveryBytes = [.. Enumerable.Repeat((byte)0x52, 32)];
    private static readonly byte[] DeviceBytes = [.. Enumerable.Repeat((byte)0x44, 32)];
    private static readonly EntityId Purged = EntityId.FromUuid(World.Chat, [.. Enumerable.Repeat((byte)8, 16)]);
    private static readonly EntityId Chat = EntityId.FromUuid(World.Chat, [.. Enumerable.Repeat((byte)9, 16)]);

    private static void AssertFacts(IdentityStore store)
    {
        Assert.Equal("chat 3", World.TextOf(store, Chat, World.Name));
        Assert.Equal("message 3", World.TextOf(store, Chat, World.Text));
        Assert.Equal(["tag 0", "tag 1", "tag 2", "tag 3"], store.Facts.GetAll(Chat, World.Tags).Select(value => value.AsText()));
        Assert.True(store.Facts.TryGet(Chat, AttributeName.One("large"), out var large));
        Assert.Equal(40_000, large.AsBytes().Length);
    }

    private static void AssertPurged(IdentityStore store)
    {
        Assert.Equal("chat 1", World.TextOf(store, Chat, World.Name));
        Assert.Equal(["chat 0", "chat 1"], store.Facts.History(Chat, World.Name).Select(version => version.Value.AsText()));
        Assert.False(store.Facts.Contains(Purged));
        Assert.Equal(3, store.CommitCount);
    }

    private static async Task<MemoryFiles> ReadAsync(string name)
    {
        var files = new MemoryFiles();
        var folder = Path.Combine(Folder(), name);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (file == "lock")
                continue;
            files.Content.Add(file, new MemoryStream());
            files.Content[file].Write(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        }
        return files;
    }

    private static string Folder() => Path.Combine(Tree.Root, "tests", "Secrets.Store.Tests", "Golden");

    private static async Task WriteIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_GOLDEN") != "1" || Directory.Exists(Path.Combine(Folder(), StoreFolder)))
            return;
        var world = new World { Options = new StoreOptions { PackThreshold = 44_000 } };
        await using var store = await world.CreateAsync(new FileBackend(Path.Combine(Folder(), StoreFolder)));
        using var root = new SecretBuffer("backup root"u8);
        await store.SetBackupRootAsync(World.Password, root, CancellationToken.None);
        await World.AssertAsync(store, Chat, AttributeName.One("large"), FactValue.Bytes(new byte[40_000]));
        for (var i = 0; i < 4; i++)
        {
            using var t = store.Begin();
            t.Assert(Chat, World.Name, FactValue.Text($"chat {i}"));
            t.Assert(Chat, World.Text, FactValue.Text($"message {i}"));
            t.Assert(Chat, World.Tags, FactValue.Text($"tag {i}"));
            t.PutSlot(World.Slot(1), System.Text.Encoding.UTF8.GetBytes($"state {i}"));
            t.PutSlot(World.Slot(2), "erased"u8);
            await t.CommitAsync(CancellationToken.None);
        }
        using (var t = store.Begin())
        {
            t.EraseSlot(World.Slot(2));
            await t.CommitAsync(CancellationToken.None);
        }
        await using var file = File.Create(Path.Combine(Folder(), ExportName));
        await store.ExportAsync(file, World.Password, CancellationToken.None);
    }

    private static async Task WriteSecondIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_GOLDEN") != "1" || Directory.Exists(Path.Combine(Folder(), SecondStoreFolder)))
            return;
        var world = new World { Options = StoreOptions.Default };
        using var root = new SecretBuffer("backup root"u8);
        using var recovery = StoreRecoveryKey.FromBytes(RecoveryBytes);
        using var device = StoreDeviceKey.FromBytes(DeviceBytes);
        await using var store = await world.CreateAsync(new FileBackend(Path.Combine(Folder(), SecondStoreFolder)));
        await store.SetBackupRootAsync(World.Password, root, CancellationToken.None);
        await store.AddRecoveryKeyAsync(World.Password, recovery, CancellationToken.None);
        await store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None);
        for (var i = 0; i < 2; i++)
        {
            using var t = store.Begin();
            t.Assert(Chat, World.Name, FactValue.Text($"chat {i}"));
            t.Assert(Purged, World.Name, FactValue.Text($"purged {i}"));
            t.PutSlot(World.Slot(1), "state"u8);
            await t.CommitAsync(CancellationToken.None);
        }
        await World.AssertAsync(store, Purged, World.Text, FactValue.Text("purged"));
        await store.PurgeAsync([Purged], CancellationToken.None);
        await using var file = File.Create(Path.Combine(Folder(), SecondExportName));
        await store.ExportAsync(file, World.Password, CancellationToken.None);
    }
}
