using System.Text;
using Secrets.Crypto;

namespace Secrets.Store.Tests;

public class StoreTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Facts_and_slots_survive_closing()
    {
        var files = new MemoryFiles();
        var chat = _world.NewEntity(World.Chat);
        var message = _world.NewEntity(World.Message);
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            using var t = store.Begin();
            t.Assert(chat, World.Name, FactValue.Text("Lunch"));
            t.Assert(chat, World.Tags, FactValue.Text("a"));
            t.Assert(chat, World.Tags, FactValue.Text("b"));
            t.Assert(message, World.Text, FactValue.Text("Noodles at one?"));
            t.PutSlot(World.Slot(1), "ratchet"u8);
            await t.CommitAsync(CancellationToken.None);
            Assert.Equal("Lunch", World.TextOf(store, chat, World.Name));
            Assert.Equal(2, store.CommitCount);
        }

        await using var again = await _world.OpenAsync(new MemoryBackend(files));

        Assert.False(again.IsReadOnly);
        Assert.Equal("Lunch", World.TextOf(again, chat, World.Name));
        Assert.Equal(["a", "b"], again.Facts.GetAll(chat, World.Tags).Select(value => value.AsText()));
        Assert.Equal("Noodles at one?", World.TextOf(again, message, World.Text));
        Assert.Equal("ratchet"u8.ToArray(), World.SlotOf(again, World.Slot(1)));
        Assert.Equal([chat], again.Facts.Entities(World.Chat));
        Assert.Equal([World.Slot(1)], again.Slots);
    }

    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_was()
    {
        var files = new MemoryFiles();
        var chat = _world.NewEntity(World.Chat);
        var other = _world.NewEntity(World.Message);
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);
        var large = new byte[200_000];
        _world.Random.Fill(large);
        var values = new[]
        {
            FactValue.Text(""), FactValue.Text("ö"), FactValue.Bytes([1, 2]), FactValue.Bytes(large), FactValue.Number(long.MinValue), FactValue.Boolean(true),
            FactValue.Time(time), FactValue.Reference(other), FactValue.Secret("pw"u8), FactValue.Secret([]), FactValue.Text(new string('x', 1025)),
        };
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            using var t = store.Begin();
            for (var i = 0; i < values.Length; i++)
                t.Assert(chat, AttributeName.One($"v{i}"), values[i]);
            await t.CommitAsync(CancellationToken.None);
        }

        await using var again = await _world.OpenAsync(new MemoryBackend(files));

        FactValue Get(int i) => again.Facts.TryGet(chat, AttributeName.One($"v{i}"), out var value) ? value : throw new KeyNotFoundException();
        Assert.Equal("", Get(0).AsText());
        Assert.Equal("ö", Get(1).AsText());
        Assert.Equal(new byte[] { 1, 2 }, Get(2).AsBytes().ToArray());
        Assert.Equal(large, Get(3).AsBytes().ToArray());
        Assert.Equal(long.MinValue, Get(4).AsNumber());
        Assert.True(Get(5).AsBoolean());
        Assert.Equal(time, Get(6).AsTime());
        Assert.Equal(other, Get(7).AsReference());
        using var secret = Get(8).OpenSecret();
        Assert.Equal("pw"u8.ToArray(), secret!.Bytes.ToArray());
        Assert.Null(Get(9).OpenSecret());
        Assert.Equal(1025, Get(10).AsText().Length);
        Assert.Throws<InvalidOperationException>(() => Get(10).AsNumber());
    }

    [Fact]
    public async Task A_changed_value_keeps_its_history_and_a_retracted_one_is_gone()
    {
        await using var store = await _world.CreateAsync(new MemoryBackend());
        var chat = _world.NewEntity(World.Chat);
        await World.AssertAsync(store, chat, World.Name, FactValue.Text("one"));
        await World.AssertAsync(store, chat, World.Name, FactValue.Text("two"));
        Assert.Equal("two", World.TextOf(store, chat, World.Name));
        Assert.Equal(["one", "two"], store.Facts.History(chat, World.Name).Select(version => version.Value.AsText()));

        using (var t = store.Begin())
        {
            t.Assert(chat, World.Tags, FactValue.Text("x"));
            t.Assert(chat, World.Tags, FactValue.Text("y"));
            await t.CommitAsync(CancellationToken.None);
        }
        using (var t = store.Begin())
        {
            t.Retract(chat, World.Tags, FactValue.Text("x"));
            await t.CommitAsync(CancellationToken.None);
        }
        Assert.Equal(["y"], store.Facts.GetAll(chat, World.Tags).Select(value => value.AsText()));

        using (var t = store.Begin())
        {
            t.RetractEntity(chat);
            await t.CommitAsync(CancellationToken.None);
        }
        Assert.False(store.Facts.Contains(chat));
        Assert.Empty(store.Facts.Entities(World.Chat));
    }

    [Fact]
    public async Task The_later_change_within_a_transaction_wins()
    {
        await using var store = await _world.CreateAsync(new MemoryBackend());
        var chat = _world.NewEntity(World.Chat);
        using var t = store.Begin();
        t.Assert(chat, World.Name, FactValue.Text("one"));
        t.Assert(chat, World.Name, FactValue.Text("two"));
        t.Assert(chat, World.Tags, FactValue.Text("x"));
        t.Retract(chat, World.Tags, FactValue.Text("x"));
        t.PutSlot(World.Slot(1), "a"u8);
        t.PutSlot(World.Slot(1), "b"u8);
        await t.CommitAsync(CancellationToken.None);

        Assert.Equal("two", World.TextOf(store, chat, World.Name));
        Assert.Empty(store.Facts.GetAll(chat, World.Tags));
        Assert.Equal("b"u8.ToArray(), World.SlotOf(store, World.Slot(1)));
        Assert.Throws<InvalidOperationException>(() => t.PutSlot(World.Slot(2), "c"u8));
    }

    [Fact]
    public async Task Concurrent_commits_are_all_kept_and_those_on_one_entity_follow_each_other()
    {
        var files = new MemoryFiles();
        var chat = _world.NewEntity(World.Chat);
        var entities = Enumerable.Range(0, 200).Select(_ => _world.NewEntity(World.Message)).ToArray();
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            await Task.WhenAll(entities.Select(async (entity, i) =>
            {
                await Task.Yield();
                using var t = store.Begin();
                t.Assert(entity, World.Text, FactValue.Text($"m{i}"));
                if (i % 10 == 0)
                    t.Assert(chat, World.Key, FactValue.Secret(Encoding.UTF8.GetBytes($"k{i}")));
                await t.CommitAsync(CancellationToken.None);
            }));
            Assert.Empty(store.Facts.Conflicts(chat, World.Key));
        }

        await using var again = await _world.OpenAsync(new MemoryBackend(files));

        Assert.Equal(200, again.Facts.Entities(World.Message).Count);
        Assert.Equal(20, again.Facts.History(chat, World.Key).Count);
        Assert.Empty(again.Facts.Conflicts(chat, World.Key));
        Assert.Single(again.Heads(StorePart.Unsigned));
    }

    [Fact]
    public async Task A_wrong_password_a_missing_store_and_a_second_store_are_named()
    {
        var files = new MemoryFiles();
        Assert.Equal(StoreError.NotFound, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(files)))).Code);
        await (await _world.CreateAsync(new MemoryBackend(files))).DisposeAsync();

        Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(files), World.OtherPassword))).Code);
        Assert.Equal(StoreError.AlreadyExists, (await World.RefusedAsync(() => _world.CreateAsync(new MemoryBackend(files)))).Code);
        await using var open = await _world.OpenAsync(new MemoryBackend(files));
        Assert.Equal(StoreError.InUse, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(files)))).Code);
    }

    [Fact]
    public async Task A_changed_password_replaces_the_storage_key_and_keeps_everything()
    {
        var files = new MemoryFiles();
        var chat = _world.NewEntity(World.Chat);
        using var root = new SecretBuffer("the backup root"u8);
        byte[] keysBefore;
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            await World.AssertAsync(store, chat, World.Name, FactValue.Text("Lunch"));
            await World.PutAsync(store, World.Slot(1), "state"u8.ToArray());
            await store.SetBackupRootAsync(World.Password, root, CancellationToken.None);
            keysBefore = files.Content["keys"].ToArray();
            Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => store.ChangePasswordAsync(World.OtherPassword, World.Password, CancellationToken.None))).Code);

            await store.ChangePasswordAsync(World.Password, World.OtherPassword, CancellationToken.None);
            await World.AssertAsync(store, chat, World.Tags, FactValue.Text("after"));
            Assert.Equal("state"u8.ToArray(), World.SlotOf(store, World.Slot(1)));
        }

        Assert.All(files.Content.Keys, name => Assert.True(name == "keys" || name.StartsWith("2/", StringComparison.Ordinal)));
        Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(files)))).Code);
        await using (var again = await _world.OpenAsync(new MemoryBackend(files), World.OtherPassword))
        {
            Assert.Equal("Lunch", World.TextOf(again, chat, World.Name));
            Assert.Equal("state"u8.ToArray(), World.SlotOf(again, World.Slot(1)));
            using var opened = await again.OpenBackupRootAsync(World.OtherPassword, CancellationToken.None);
            Assert.Equal(root.Bytes.ToArray(), opened!.Bytes.ToArray());
        }

        // the old list of slots with the old password opens nothing any more
        files.Content["keys"] = new MemoryStream();
        files.Content["keys"].Write(keysBefore);
        await using var stale = await _world.OpenAsync(new MemoryBackend(files));
        Assert.True(stale.IsReadOnly);
        Assert.False(stale.Facts.Contains(chat));
    }

    [Fact]
    public async Task The_backup_root_opens_with_the_password_alone()
    {
        await using var store = await _world.CreateAsync(new MemoryBackend());
        using var root = new SecretBuffer("root"u8);
        Assert.Null(await store.OpenBackupRootAsync(World.Password, CancellationToken.None));
        Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => store.SetBackupRootAsync(World.OtherPassword, root, CancellationToken.None))).Code);
        await store.SetBackupRootAsync(World.Password, root, CancellationToken.None);
        using var opened = await store.OpenBackupRootAsync(World.Password, CancellationToken.None);
        Assert.Equal("root"u8.ToArray(), opened!.Bytes.ToArray());
        Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => store.OpenBackupRootAsync(World.OtherPassword, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task A_retired_store_has_no_slots_is_read_only_and_can_still_be_exported()
    {
        var files = new MemoryFiles();
        var chat = _world.NewEntity(World.Chat);
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            await World.AssertAsync(store, chat, World.Name, FactValue.Text("Lunch"));
            await World.PutAsync(store, World.Slot(1), "state"u8.ToArray());
            await store.EraseSlotsAndRetireAsync(CancellationToken.None);
            Assert.True(store.IsRetired);
            Assert.Null(World.SlotOf(store, World.Slot(1)));
            Assert.Equal(StoreError.Retired, (await World.RefusedAsync(() => World.AssertAsync(store, chat, World.Name, FactValue.Text("x")))).Code);
        }

        Assert.Equal(StoreError.Retired, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(files)))).Code);
        _world.Options = World.Cheap(openRetired: true);
        await using var again = await _world.OpenAsync(new MemoryBackend(files));
        Assert.Equal("Lunch", World.TextOf(again, chat, World.Name));
        using var file = new MemoryStream();
        await again.ExportAsync(file, World.Password, CancellationToken.None);
        Assert.True(file.Length > 0);
    }

    [Fact]
    public async Task Packing_moves_blobs_into_files_by_the_first_byte_of_their_names()
    {
        _world.Options = World.Cheap(packThreshold: 4096);
        var files = new MemoryFiles();
        var chats = Enumerable.Range(0, 100).Select(_ => _world.NewEntity(World.Chat)).ToArray();
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            await World.PutAsync(store, World.Slot(1), "state"u8.ToArray());
            foreach (var chat in chats)
                await World.AssertAsync(store, chat, World.Name, FactValue.Text("n"));
            Assert.Equal("state"u8.ToArray(), World.SlotOf(store, World.Slot(1)));
        }

        Assert.Contains(files.Content.Keys, name => name.StartsWith("1/pack-", StringComparison.Ordinal));
        foreach (var (name, content) in files.Content.Where(file => file.Key.StartsWith("1/pack-", StringComparison.Ordinal)))
            Assert.Equal(name[^2..], content.ToArray()[0].ToString("x2"));
        await using var again = await _world.OpenAsync(new MemoryBackend(files));
        Assert.False(again.IsReadOnly);
        Assert.Equal(100, again.Facts.Entities(World.Chat).Count);
        Assert.Equal("state"u8.ToArray(), World.SlotOf(again, World.Slot(1)));
    }
}
