using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>Export, import (decision 4) and merging.</summary>
public class ExchangeTests
{
    private static readonly IReadOnlySet<Hash256> Nothing = new HashSet<Hash256>();
    private readonly World _world = new();

    [Fact]
    public async Task An_import_has_all_facts_and_the_backup_root_and_never_a_slot()
    {
        var (store, chat) = await MakeAsync();
        using var root = new SecretBuffer("root"u8);
        await store.SetBackupRootAsync(World.Password, root, CancellationToken.None);
        var file = await ExportAsync(store);
        Assert.Equal(-1, file.AsSpan().IndexOf("Lunch"u8));

        await using var copy = await ImportAsync(file);

        Assert.Equal("Lunch", World.TextOf(copy, chat, World.Name));
        Assert.Equal("Noodles?", World.TextOf(copy, chat, World.Text));
        Assert.Empty(copy.Slots);
        Assert.Equal(store.LedgerId, copy.LedgerId);
        Assert.Equal(store.Heads(StorePart.Signed), copy.Heads(StorePart.Signed));
        using var opened = await copy.OpenBackupRootAsync(World.OtherPassword, CancellationToken.None);
        Assert.Equal("root"u8.ToArray(), opened!.Bytes.ToArray());
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_file_with_a_wrong_password_damage_or_of_another_kind_is_refused_by_name()
    {
        var (store, _) = await MakeAsync();
        var file = await ExportAsync(store);
        await store.DisposeAsync();

        Assert.Equal(StoreError.WrongPassword, await RefusedAsync(file, World.OtherPassword));
        Assert.Equal(StoreError.NotAnExport, await RefusedAsync("something else, longer than any head"u8.ToArray()));
        Assert.Equal(StoreError.NotAnExport, await RefusedAsync([]));
        for (var position = 0; position < file.Length; position += 5)
        {
            var damaged = file.ToArray();
            damaged[position] ^= 0x40;
            Assert.True(await RefusedAsync(damaged) is StoreError.Damaged or StoreError.NotAnExport or StoreError.NewerVersion, $"{position}");
        }
        for (var length = 8; length < file.Length; length += 9)
            Assert.Equal(StoreError.Damaged, await RefusedAsync(file[..length]));
        var later = file.ToArray();
        later[9] = 3;
        Assert.Equal(StoreError.NewerVersion, await RefusedAsync(later));
    }

    [Fact]
    public async Task Two_devices_that_exchange_their_commits_see_the_same()
    {
        var (first, chat) = await MakeAsync();
        var second = await ImportAsync(await ExportAsync(first));
        var other = new World(2);
        second.UseDevice(other.Device);
        await World.AssertAsync(first, chat, World.Key, FactValue.Secret("first"u8));
        _world.Time.Now += TimeSpan.FromSeconds(1);
        await World.AssertAsync(second, chat, World.Key, FactValue.Secret("second"u8));
        await World.AssertAsync(first, chat, World.Tags, FactValue.Text("a"));
        await World.AssertAsync(second, chat, World.Tags, FactValue.Text("b"));

        await MergeBothWaysAsync(first, second);

        foreach (var store in new[] { first, second })
        {
            Assert.Equal(["a", "b"], store.Facts.GetAll(chat, World.Tags).Select(value => value.AsText()));
            Assert.True(store.Facts.TryGet(chat, World.Key, out var winner));
            using var secret = winner.OpenSecret();
            Assert.Equal("second"u8.ToArray(), secret!.Bytes.ToArray());
            using var loser = Assert.Single(store.Facts.Conflicts(chat, World.Key)).Value.OpenSecret();
            Assert.Equal("first"u8.ToArray(), loser!.Bytes.ToArray());
        }

        // whoever has seen both decides, and a delete loses to a concurrent edit
        await World.AssertAsync(first, chat, World.Key, FactValue.Secret("decided"u8));
        Assert.Empty(first.Facts.Conflicts(chat, World.Key));
        using (var t = second.Begin())
        {
            t.RetractEntity(chat);
            await t.CommitAsync(CancellationToken.None);
        }
        await MergeBothWaysAsync(first, second);
        Assert.Equal([World.Key], first.Facts.Attributes(chat));
        Assert.Equal([World.Key], second.Facts.Attributes(chat));
        Assert.Equal(first.Heads(StorePart.Signed), second.Heads(StorePart.Signed));
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task Merged_commits_are_durable_and_taken_in_once()
    {
        var (first, chat) = await MakeAsync();
        var files = new MemoryFiles();
        var second = await ImportAsync(await ExportAsync(first), files);
        await World.AssertAsync(first, chat, AttributeName.One("large"), FactValue.Bytes(new byte[100_000]));
        var bundle = await first.ReadBundleAsync(Nothing, CancellationToken.None);
        Assert.Equal(1, (await second.MergeAsync(bundle, CancellationToken.None)).Accepted);
        Assert.Equal(0, (await second.MergeAsync(bundle, CancellationToken.None)).Accepted);
        await second.DisposeAsync();
        await first.DisposeAsync();

        await using var again = await _world.OpenAsync(new MemoryBackend(files), World.OtherPassword);
        Assert.True(again.Facts.TryGet(chat, AttributeName.One("large"), out var value));
        Assert.Equal(100_000, value.AsBytes().Length);
    }

    [Fact]
    public async Task Commits_that_are_forged_foreign_early_or_orphaned_are_not_taken_in()
    {
        var (store, chat) = await MakeAsync();
        var nodes = Commits(await store.ReadBundleAsync(Nothing, CancellationToken.None));
        var (other, _) = await MakeAsync();
        var foreign = await other.ReadBundleAsync(Nothing, CancellationToken.None);
        Assert.Equal(0, (await store.MergeAsync(foreign, CancellationToken.None)).Accepted);
        Assert.Equal(2, (await store.MergeAsync(foreign, CancellationToken.None))[CommitError.OtherLedger]);

        // the clock of another device is two days ahead
        var files = await ExportAsync(store);
        await using var ahead = await ImportAsync(files);
        ahead.UseDevice(new World(3).Device);
        _world.Time.Now += TimeSpan.FromDays(2);
        await World.AssertAsync(ahead, chat, World.Name, FactValue.Text("year 9999"));
        _world.Time.Now += TimeSpan.FromDays(-2);
        var early = await ahead.ReadBundleAsync(Nothing, CancellationToken.None);
        Assert.Equal(1, (await store.MergeAsync(early, CancellationToken.None)).HeldBack);
        Assert.Equal("Lunch", World.TextOf(store, chat, World.Name));
        _world.Time.Now += TimeSpan.FromDays(2);
        Assert.Equal(1, (await store.MergeAsync(early, CancellationToken.None)).Accepted);
        Assert.Equal("year 9999", World.TextOf(store, chat, World.Name));

        // a child before its parent, a signature of nobody
        await World.AssertAsync(ahead, chat, World.Name, FactValue.Text("child"));
        await World.AssertAsync(ahead, chat, World.Name, FactValue.Text("grandchild"));
        var last = Commits(await ahead.ReadBundleAsync(Nothing, CancellationToken.None));
        var grandchild = last.Single(node => ahead.Heads(StorePart.Signed).Contains(node.Name));
        Assert.Equal(1, (await store.MergeAsync(NodeBundle.Write([grandchild]), CancellationToken.None))[CommitError.MissingParent]);
        var forged = grandchild.Bytes.ToArray();
        forged[^1] ^= 1;
        Assert.Equal(1, (await store.MergeAsync(NodeBundle.Write([new Node(NodeKind.Commit, forged)]), CancellationToken.None))[CommitError.BadSignature]);
        Assert.Equal(2, nodes.Count);
        await store.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Decision20_Nothing_that_is_signed_names_a_message()
    {
        var (store, chat) = await MakeAsync();
        await World.AssertAsync(store, chat, World.Name, FactValue.Text("after the message"));
        var nodes = Commits(await store.ReadBundleAsync(Nothing, CancellationToken.None));
        var unsigned = nodes.Where(node => node.Bytes.Span[1] == (byte)StorePart.Unsigned).ToList();
        Assert.Single(unsigned);
        foreach (var node in nodes.Except(unsigned))
        {
            Assert.Equal(-1, node.Bytes.Span.IndexOf(unsigned[0].Name.Bytes));
            Assert.Equal(-1, node.Bytes.Span.IndexOf("Noodles?"u8));
        }
        await store.DisposeAsync();
    }

    private static List<Node> Commits(ReadOnlyMemory<byte> bundle)
    {
        Assert.True(NodeBundle.TryRead(bundle, mayHaveRemnants: false, out var nodes));
        return [.. nodes.Where(node => node.Kind == NodeKind.Commit)];
    }

    private static async Task<byte[]> ExportAsync(IdentityStore store)
    {
        using var file = new MemoryStream();
        await store.ExportAsync(file, World.Password, CancellationToken.None);
        return file.ToArray();
    }

    private static async Task MergeBothWaysAsync(IdentityStore first, IdentityStore second)
    {
        var fromFirst = await first.ReadBundleAsync(Nothing, CancellationToken.None);
        var fromSecond = await second.ReadBundleAsync(Nothing, CancellationToken.None);
        await second.MergeAsync(fromFirst, CancellationToken.None);
        await first.MergeAsync(fromSecond, CancellationToken.None);
    }

    private async Task<(IdentityStore Store, EntityId Chat)> MakeAsync()
    {
        var store = await _world.CreateAsync(new MemoryBackend());
        var chat = _world.NewEntity(World.Chat);
        using var t = store.Begin();
        t.Assert(chat, World.Name, FactValue.Text("Lunch"));
        t.Assert(chat, World.Text, FactValue.Text("Noodles?"));
        t.PutSlot(World.Slot(1), "ratchet"u8);
        await t.CommitAsync(CancellationToken.None);
        return (store, chat);
    }

    private Task<IdentityStore> ImportAsync(byte[] file, MemoryFiles? files = null) =>
        IdentityStore.ImportAsync(new MemoryStream(file), World.Password, new MemoryBackend(files ?? new MemoryFiles()), World.OtherPassword, _world.Options, _world.Random, _world.Time, CancellationToken.None);

    private async Task<StoreError> RefusedAsync(byte[] file, ReadOnlyMemory<byte>? password = null)
    {
        var files = new MemoryFiles();
        var refusal = await World.RefusedAsync(() => IdentityStore.ImportAsync(new MemoryStream(file), password ?? World.Password, new MemoryBackend(files), World.OtherPassword, _world.Options, _world.Random, _world.Time, CancellationToken.None));
        Assert.Empty(files.Content);
        return refusal.Code;
    }
}
