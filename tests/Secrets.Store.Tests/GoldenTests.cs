using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>E-24: what an earlier version wrote opens for ever. Made once with the real cost of a password and kept.</summary>
public class GoldenTests
{
    private const string StoreFolder = "store-1";
    private const string ExportName = "export-1.s2";

    [Fact]
    public async Task E24_The_store_of_version_1_opens()
    {
        await WriteIfAskedAsync();
        var files = new MemoryFiles();
        var folder = Path.Combine(Folder(), StoreFolder);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name == "lock")
                continue;
            files.Content.Add(name, new MemoryStream());
            files.Content[name].Write(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        }
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
    public async Task E24_The_export_of_version_1_opens()
    {
        await WriteIfAskedAsync();
        var world = new World { Options = StoreOptions.Default };
        await using var file = File.OpenRead(Path.Combine(Folder(), ExportName));
        await using var store = await IdentityStore.ImportAsync(file, World.Password, new MemoryBackend(), World.OtherPassword, World.Cheap(), world.Random, world.Time, CancellationToken.None);
        AssertFacts(store);
        Assert.Empty(store.Slots);
    }

    private static readonly EntityId Chat = EntityId.FromUuid(World.Chat, [.. Enumerable.Repeat((byte)9, 16)]);

    private static void AssertFacts(IdentityStore store)
    {
        Assert.Equal("chat 3", World.TextOf(store, Chat, World.Name));
        Assert.Equal("message 3", World.TextOf(store, Chat, World.Text));
        Assert.Equal(["tag 0", "tag 1", "tag 2", "tag 3"], store.Facts.GetAll(Chat, World.Tags).Select(value => value.AsText()));
        Assert.True(store.Facts.TryGet(Chat, AttributeName.One("large"), out var large));
        Assert.Equal(40_000, large.AsBytes().Length);
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
}
