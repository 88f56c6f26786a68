using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>A purge takes facts out of the history too; everything else stays as it was, for ever.</summary>
public class PurgeTests
{
    private static readonly IReadOnlySet<Hash256> Nothing = new HashSet<Hash256>();
    private static readonly AttributeName InChat = AttributeName.One("in-chat");
    private readonly World _world = new();
    private readonly MemoryFiles _files = new();

    [Fact]
    public async Task What_was_said_about_a_purged_entity_is_in_no_file_for_one_who_has_the_password()
    {
        var (store, chat, message) = await MakeAsync();
        var other = _world.NewEntity(World.Chat);
        await using (store)
        {
            using (var t = store.Begin())
            {
                t.Assert(chat, World.Name, FactValue.Text("Dinner with the whistleblower"));
                t.Assert(chat, World.Key, FactValue.Secret("the key of the chat"u8));
                t.Assert(other, World.Name, FactValue.Text("Breakfast"));
                await t.CommitAsync(CancellationToken.None);
            }
            await World.AssertAsync(store, chat, AttributeName.One("file"), FactValue.Bytes(Encoding.UTF8.GetBytes(new string('s', 40_000))));
            Assert.True(store.Facts.TryGet(chat, World.Key, out var secret));
            using var oldKey = await DataKeyAsync();
            Assert.Contains(await Thief.NodesAsync(_files, World.Password), node => node.Bytes.Span.IndexOf("whistleblower"u8) >= 0);

            Assert.Equal([message], store.Facts.Referrers(chat));
            Assert.Equal(5, await store.PurgeAsync([chat, .. store.Facts.Referrers(chat)], CancellationToken.None));

            Assert.False(store.Facts.Contains(chat));
            Assert.False(store.Facts.Contains(message));
            Assert.Empty(store.Facts.History(chat, World.Name));
            Assert.Throws<ObjectDisposedException>(() => secret.OpenSecret());
            Assert.Equal("Breakfast", World.TextOf(store, other, World.Name));
            Assert.Empty(Thief.Nodes(_files, oldKey, store.LedgerId));
        }

        var uuid = new byte[16];
        foreach (var entity in new[] { chat, message })
        {
            entity.WriteUuid(uuid);
            var nodes = await Thief.NodesAsync(_files, World.Password);
            Assert.NotEmpty(nodes);
            foreach (var text in new[] { "whistleblower"u8.ToArray(), "the key of the chat"u8.ToArray(), "Lunch"u8.ToArray(), "Noodles"u8.ToArray(), "ssssssss"u8.ToArray(), uuid })
                Assert.DoesNotContain(nodes, node => node.Bytes.Span.IndexOf(text) >= 0);
        }
        Assert.All(_files.Content.Keys, name => Assert.True(name == "keys" || name.StartsWith("2/", StringComparison.Ordinal), name));

        await using var again = await _world.OpenAsync(new MemoryBackend(_files));
        Assert.Empty(again.Damage);
        Assert.False(again.Facts.Contains(chat));
        Assert.Empty(again.Facts.History(chat, World.Name));
        Assert.Equal("Breakfast", World.TextOf(again, other, World.Name));
    }

    [Fact]
    public async Task Commits_keep_their_names_and_the_facts_that_stay_their_author_time_and_history()
    {
        var (store, chat, message) = await MakeAsync();
        var other = _world.NewEntity(World.Chat);
        foreach (var text in new[] { "first", "second" })
        {
            using var t = store.Begin();
            t.Assert(message, World.Name, FactValue.Text(text));
            t.Assert(other, World.Name, FactValue.Text(text));
            await t.CommitAsync(CancellationToken.None);
        }
        await World.PutAsync(store, World.Slot(1), "state"u8.ToArray());
        var before = store.Facts.History(other, World.Name);
        var (signed, unsigned, count) = (store.Heads(StorePart.Signed), store.Heads(StorePart.Unsigned), store.CommitCount);

        await store.PurgeAsync([chat, message], CancellationToken.None);
        await CheckAsync(store);
        await store.DisposeAsync();
        await using var again = await _world.OpenAsync(new MemoryBackend(_files));
        await CheckAsync(again);

        async Task CheckAsync(IdentityStore opened)
        {
            Assert.Equal(signed, opened.Heads(StorePart.Signed));
            Assert.Equal(unsigned, opened.Heads(StorePart.Unsigned));
            Assert.Equal(count, opened.CommitCount);
            var history = opened.Facts.History(other, World.Name);
            Assert.Equal(before.Select(Describe), history.Select(Describe));
            Assert.Equal("state"u8.ToArray(), World.SlotOf(opened, World.Slot(1)));
            await World.AssertAsync(opened, other, World.Tags, FactValue.Text("goes on"));
            signed = opened.Heads(StorePart.Signed);
            count = opened.CommitCount;
        }

        static string Describe(FactVersion version) => $"{version.Value.AsText()} {version.Time.Value} {Convert.ToHexString(version.Author.Bytes)} {Convert.ToHexString(version.Commit.Bytes)} {version.Index} {version.IsLive}";
    }

    [Fact]
    public async Task A_value_that_holds_is_purged_and_what_it_had_replaced_does_not_come_back()
    {
        var (store, chat, _) = await MakeAsync();
        await using (store)
        {
            await World.AssertAsync(store, chat, World.Name, FactValue.Text("typed a password here"));
            await World.AssertAsync(store, chat, World.Tags, FactValue.Text("kept"));
            await World.AssertAsync(store, chat, World.Tags, FactValue.Text("gone"));
            var purge = new StorePurge();
            purge.RemoveValue(chat, World.Name, FactValue.Text("typed a password here"));
            purge.RemoveValue(chat, World.Tags, FactValue.Text("gone"));

            Assert.Equal(2, await store.PurgeAsync(purge, CancellationToken.None));

            Check(store);
        }
        Assert.DoesNotContain(await Thief.NodesAsync(_files, World.Password), node => node.Bytes.Span.IndexOf("typed a password"u8) >= 0);
        await using var again = await _world.OpenAsync(new MemoryBackend(_files));
        Check(again);
        await World.AssertAsync(again, chat, World.Name, FactValue.Text("Supper"));
        Assert.Equal("Supper", World.TextOf(again, chat, World.Name));

        void Check(IdentityStore opened)
        {
            Assert.Null(World.TextOf(opened, chat, World.Name));
            Assert.Equal(["Lunch"], opened.Facts.History(chat, World.Name).Select(version => version.Value.AsText()));
            Assert.Equal(["kept"], opened.Facts.GetAll(chat, World.Tags).Select(value => value.AsText()));
        }
    }

    [Fact]
    public async Task The_history_of_an_attribute_is_purged_down_to_what_holds()
    {
        var (store, chat, _) = await MakeAsync();
        await using (store)
        {
            for (var i = 0; i < 5; i++)
                await World.AssertAsync(store, chat, World.Name, FactValue.Text($"name {i}"));
            await World.AssertAsync(store, chat, World.Key, FactValue.Secret("old"u8));
            await World.AssertAsync(store, chat, World.Key, FactValue.Secret("new"u8));
            var purge = new StorePurge();
            purge.RemoveHistory(chat, World.Name);
            purge.RemoveHistory(chat, World.Key);

            Assert.Equal(6, await store.PurgeAsync(purge, CancellationToken.None));
            Assert.Equal(0, await store.PurgeAsync(purge, CancellationToken.None));
        }
        await using var again = await _world.OpenAsync(new MemoryBackend(_files));
        Assert.Equal(["name 4"], again.Facts.History(chat, World.Name).Select(version => version.Value.AsText()));
        Assert.True(again.Facts.TryGet(chat, World.Key, out var key));
        using var secret = key.OpenSecret();
        Assert.Equal("new"u8.ToArray(), secret!.Bytes.ToArray());
        Assert.DoesNotContain(await Thief.NodesAsync(_files, World.Password), node => node.Bytes.Span.IndexOf("name 0"u8) >= 0);
    }

    [Fact]
    public async Task A_value_taken_from_the_view_can_be_what_is_purged_however_often_it_is_there()
    {
        var (store, chat, _) = await MakeAsync();
        await using var _ = store;
        foreach (var text in new[] { "same", "other", "same" })
            await World.AssertAsync(store, chat, World.Key, FactValue.Secret(Encoding.UTF8.GetBytes(text)));
        Assert.True(store.Facts.TryGet(chat, World.Key, out var value));
        var purge = new StorePurge();
        purge.RemoveValue(chat, World.Key, value);

        Assert.Equal(2, await store.PurgeAsync(purge, CancellationToken.None));

        using var left = Assert.Single(store.Facts.History(chat, World.Key)).Value.OpenSecret();
        Assert.Equal("other"u8.ToArray(), left!.Bytes.ToArray());
    }

    [Fact]
    public async Task A_purge_that_finds_nothing_writes_nothing()
    {
        var (store, _, _) = await MakeAsync();
        await using var _ = store;
        var before = _files.Content.ToDictionary(file => file.Key, file => file.Value.ToArray());

        Assert.Equal(0, await store.PurgeAsync([_world.NewEntity(World.Chat)], CancellationToken.None));

        Assert.Equal(before.Keys.Order(), _files.Content.Keys.Order());
        Assert.All(before, file => Assert.Equal(file.Value, _files.Content[file.Key].ToArray()));
    }

    [Fact]
    public async Task A_purge_takes_turns_with_commits_and_none_of_them_is_lost()
    {
        var (store, chat, _) = await MakeAsync();
        EntityId[] entities = [.. Enumerable.Range(0, 60).Select(_ => _world.NewEntity(World.Message))];
        await using (store)
        {
            var writing = Task.WhenAll(entities.Select(entity => Task.Run(() => World.AssertAsync(store, entity, World.Text, FactValue.Text("kept")))));
            Assert.NotEqual(0, await store.PurgeAsync([chat], CancellationToken.None));
            await writing;
            await World.AssertAsync(store, entities[0], World.Name, FactValue.Text("after"));
        }
        await using var again = await _world.OpenAsync(new MemoryBackend(_files));
        Assert.Empty(again.Damage);
        Assert.False(again.Facts.Contains(chat));
        Assert.All(entities, entity => Assert.Equal("kept", World.TextOf(again, entity, World.Text)));
    }

    [Fact]
    public async Task A_purge_of_a_store_that_the_disk_gives_back_damaged_changes_nothing()
    {
        var (store, chat, _) = await MakeAsync();
        _files.Content["1/log"].GetBuffer()[_files.Content["1/log"].Length - 40] ^= 1;
        await using (store)
        {
            Assert.Equal(StoreError.Damaged, (await World.RefusedAsync(() => store.PurgeAsync([chat], CancellationToken.None))).Code);
            Assert.True(store.Facts.Contains(chat));
            Assert.True(store.IsReadOnly);
        }
        Assert.All(_files.Content.Keys, name => Assert.True(name == "keys" || name.StartsWith("1/", StringComparison.Ordinal), name));
    }

    [Fact]
    public async Task A_value_that_refers_to_a_purged_entity_goes_with_it()
    {
        var (store, chat, message) = await MakeAsync();
        await using var _ = store;

        await store.PurgeAsync([chat], CancellationToken.None);

        Assert.False(store.Facts.TryGet(message, InChat, out var _));
        Assert.Equal("Noodles?", World.TextOf(store, message, World.Text));
        Assert.Empty(store.Facts.Referrers(chat));
    }

    [Fact]
    public async Task A_chunk_goes_with_the_last_fact_that_names_it()
    {
        var (store, chat, message) = await MakeAsync();
        await using var _ = store;
        var large = FactValue.Bytes(Encoding.UTF8.GetBytes(new string('c', 50_000)));
        await World.AssertAsync(store, chat, AttributeName.One("file"), large);
        await World.AssertAsync(store, message, AttributeName.One("file"), large);

        await store.PurgeAsync([chat], CancellationToken.None);
        Assert.Equal(2, (await Thief.NodesAsync(_files, World.Password)).Count(node => node.Kind == NodeKind.Chunk));
        await store.PurgeAsync([message], CancellationToken.None);
        Assert.DoesNotContain(await Thief.NodesAsync(_files, World.Password), node => node.Kind == NodeKind.Chunk);
    }

    [Fact]
    public async Task What_was_purged_does_not_come_back_from_another_device_and_later_commits_do_come()
    {
        var (first, chat, message) = await MakeAsync();
        await using var second = await ImportAsync(await ExportAsync(first), new MemoryFiles());
        second.UseDevice(new World(2).Device);
        await first.PurgeAsync([message], CancellationToken.None);

        var full = await second.ReadBundleAsync(Nothing, CancellationToken.None);
        var again = await first.MergeAsync(full, CancellationToken.None);
        Assert.Equal(0, again.Accepted);
        Assert.False(first.Facts.Contains(message));

        _world.Time.Now += TimeSpan.FromSeconds(1);
        await World.AssertAsync(second, chat, World.Name, FactValue.Text("Supper"));
        Assert.Equal(1, (await first.MergeAsync(await second.ReadBundleAsync(Nothing, CancellationToken.None), CancellationToken.None)).Accepted);
        Assert.Equal("Supper", World.TextOf(first, chat, World.Name));
        await World.AssertAsync(first, chat, World.Tags, FactValue.Text("on"));
        Assert.Equal(1, (await second.MergeAsync(await first.ReadBundleAsync(Nothing, CancellationToken.None), CancellationToken.None)).Accepted);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task What_is_left_of_a_commit_is_taken_from_nobody_elses_bundle()
    {
        var (store, chat, _) = await MakeAsync();
        await using var other = await ImportAsync(await ExportAsync(store), new MemoryFiles());
        await World.AssertAsync(store, chat, World.Name, FactValue.Text("written by the first device"));
        await store.PurgeAsync([chat], CancellationToken.None);
        var remnant = (await Thief.NodesAsync(_files, World.Password)).First(node => node.Kind == NodeKind.Remnant);

        var result = await other.MergeAsync(NodeBundle.Write([remnant]), CancellationToken.None);

        Assert.Equal(1, result[CommitError.Malformed]);
        Assert.True(NodeBundle.TryRead(await store.ReadBundleAsync(Nothing, CancellationToken.None), mayHaveRemnants: true, out var given));
        Assert.DoesNotContain(given, node => node.Kind == NodeKind.Remnant);
        await store.DisposeAsync();
    }

    [Fact]
    public async Task An_export_after_a_purge_has_version_2_and_imports_what_is_left()
    {
        var (store, chat, message) = await MakeAsync();
        Assert.Equal(1, (await ExportAsync(store))[9]);
        await World.AssertAsync(store, chat, World.Tags, FactValue.Text("tag"));
        await store.PurgeAsync([message], CancellationToken.None);
        var file = await ExportAsync(store);
        Assert.Equal(2, file[9]);

        var files = new MemoryFiles();
        await using (var copy = await ImportAsync(file, files))
        {
            Assert.Equal(store.Heads(StorePart.Signed), copy.Heads(StorePart.Signed));
            Assert.Equal(store.CommitCount, copy.CommitCount);
        }
        // a program that knows version 1 alone is told so, and not that the store is damaged
        Assert.Equal(2, files.Content["keys"].ToArray()[9]);
        await using var again = await _world.OpenAsync(new MemoryBackend(files), World.OtherPassword);
        Assert.Empty(again.Damage);
        Assert.Equal("Lunch", World.TextOf(again, chat, World.Name));
        Assert.False(again.Facts.Contains(message));
        await again.ChangePasswordAsync(World.OtherPassword, World.Password, CancellationToken.None);
        Assert.Equal(2, files.Content["keys"].ToArray()[9]);
        await store.DisposeAsync();
    }

    [Fact]
    public async Task If_the_old_files_cannot_be_removed_that_is_said_and_made_good_at_the_next_opening()
    {
        var notErased = 0;
        for (var failAt = 1; ; failAt++)
        {
            var world = new World();
            var disk = new FaultyDisk();
            var chat = world.NewEntity(World.Chat);
            var store = await world.CreateAsync(disk.Open());
            await World.AssertAsync(store, chat, World.Name, FactValue.Text("Lunch"));
            (disk.FailAt, disk.RefusalCount) = (disk.Operations + failAt, 1000);
            var error = StoreError.None;
            try
            {
                await store.PurgeAsync([chat], CancellationToken.None);
            }
            catch (StoreException e)
            {
                error = e.Code;
            }
            disk.FailAt = 0;
            Assert.True(error == StoreError.WriteFailed == store.Facts.Contains(chat), $"{failAt}: {error}");
            await store.DisposeAsync();
            await using var again = await world.OpenAsync(disk.Open());
            if (error == StoreError.None)
            {
                Assert.True(notErased > 1);
                break;
            }
            var files = await SeenAsync(disk.Open());
            Assert.Equal(again.Facts.Contains(chat), (await Thief.NodesAsync(files, World.Password)).Exists(node => node.Bytes.Span.IndexOf("Lunch"u8) >= 0));
            notErased += error == StoreError.NotErased ? 1 : 0;
            if (error == StoreError.NotErased)
                Assert.False(again.Facts.Contains(chat));
        }
    }

    [Fact]
    public void Any_purge_leaves_the_same_view_in_memory_and_after_opening() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed => HoldsAsync(seed).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    private static async Task<bool> HoldsAsync(uint seed)
    {
        var world = new World(seed);
        var files = new MemoryFiles();
        EntityId[] entities = [.. Enumerable.Range(0, 4).Select(_ => world.NewEntity(World.Chat))];
        AttributeName[] attributes = [World.Name, World.Tags, World.Text, InChat];
        FactValue Value(AttributeName attribute) => attribute == InChat ? FactValue.Reference(entities[world.Random.Next(4)]) : FactValue.Text(world.Random.Next(3).ToString(CultureInfo.InvariantCulture));
        string expected;
        var purge = new StorePurge();
        await using (var store = await world.CreateAsync(new MemoryBackend(files)))
        {
            for (var round = 0; round < 2; round++)
            {
                for (var i = 0; i < 12; i++)
                {
                    using var t = store.Begin();
                    for (var j = 0; j < 3; j++)
                    {
                        var (entity, attribute) = (entities[world.Random.Next(4)], attributes[world.Random.Next(4)]);
                        if (world.Random.Next(4) == 0)
                            t.Retract(entity, attribute);
                        else
                            t.Assert(entity, attribute, Value(attribute));
                    }
                    await t.CommitAsync(CancellationToken.None);
                }
                purge.RemoveEntity(entities[round * world.Random.Next(2)]);
                purge.RemoveHistory(entities[2], attributes[world.Random.Next(4)]);
                var valued = attributes[world.Random.Next(3)];
                purge.RemoveValue(entities[3], valued, Value(valued));
                var untouched = Live(store, entities, purge);
                await store.PurgeAsync(purge, CancellationToken.None);
                if (Live(store, entities, new StorePurge()) != untouched)
                    return false;
            }
            expected = Dump(store, entities);
        }
        await using var again = await world.OpenAsync(new MemoryBackend(files));
        return again.Damage.Count == 0 && Dump(again, entities) == expected;

        // what holds, but for what a purge takes
        string Live(IdentityStore store, EntityId[] all, StorePurge but) => string.Join('\n', all.SelectMany(entity => attributes.Select(attribute => $"{attribute}: {string.Join(',',
            store.Facts.History(entity, attribute).Where(version => version.IsLive && !but.Takes(entity, attribute, version)).Select(version => Convert.ToHexString(version.Value.Encoded)))}")));

        string Dump(IdentityStore store, EntityId[] all) => string.Join('\n', all.SelectMany(entity => attributes.Select(attribute => $"{attribute}: {string.Join(',',
            store.Facts.History(entity, attribute).Select(version => $"{Convert.ToHexString(version.Value.Encoded)} {version.IsLive} {version.Index} {version.Time.Value}"))}")));
    }

    private static async Task<MemoryFiles> SeenAsync(IStoreBackend disk)
    {
        var files = new MemoryFiles();
        foreach (var name in await disk.ListAsync(CancellationToken.None))
        {
            files.Content.Add(name, new MemoryStream());
            files.Content[name].Write((await disk.ReadAsync(name, CancellationToken.None))!.Value.Span);
        }
        return files;
    }

    private async Task<StorageKey> DataKeyAsync()
    {
        using var storage = await Thief.StorageKeyAsync(_files, World.Password);
        Assert.Equal(StoreError.None, KeySlots.TryRead(_files.Content["keys"].ToArray(), out var keys));
        return keys!.OpenDataKey(storage)!;
    }

    private static async Task<byte[]> ExportAsync(IdentityStore store)
    {
        using var file = new MemoryStream();
        await store.ExportAsync(file, World.Password, CancellationToken.None);
        return file.ToArray();
    }

    private Task<IdentityStore> ImportAsync(byte[] file, MemoryFiles files) =>
        IdentityStore.ImportAsync(new MemoryStream(file), World.Password, new MemoryBackend(files), World.OtherPassword, _world.Options, _world.Random, _world.Time, CancellationToken.None);

    private async Task<(IdentityStore Store, EntityId Chat, EntityId Message)> MakeAsync()
    {
        var store = await _world.CreateAsync(new MemoryBackend(_files));
        var (chat, message) = (_world.NewEntity(World.Chat), _world.NewEntity(World.Message));
        await World.AssertAsync(store, chat, World.Name, FactValue.Text("Lunch"));
        using var t = store.Begin();
        t.Assert(message, InChat, FactValue.Reference(chat));
        t.Assert(message, World.Text, FactValue.Text("Noodles?"));
        await t.CommitAsync(CancellationToken.None);
        return (store, chat, message);
    }
}
