namespace Secrets.Store.Tests;

/// <summary>Damage is named, the store opens read-only at the last good commit, and nothing is overwritten. Decision 23: nothing is rolled back unnoticed.</summary>
public class DamageTests
{
    private const int Count = 6;
    private readonly World _world = new();
    private readonly List<EntityId> _chats = [];

    [Theory]
    [InlineData("keys", 1, false)]
    [InlineData("1/header", 1, false)]
    [InlineData("1/log", 1, false)]
    [InlineData("1/log", 1, true)]
    [InlineData("1/pack", 3, true)]
    public async Task A_changed_byte_anywhere_is_named_or_harmless(string name, int step, bool packed)
    {
        var original = await MakeAsync(packed);
        foreach (var file in original.Content.Keys.Where(key => key.StartsWith(name, StringComparison.Ordinal)).ToArray())
        {
            var length = original.Content[file].Length;
            for (var position = 0; position < length; position += step * Cases.Share)
            {
                var files = Copy(original);
                files.Content[file].GetBuffer()[position] ^= (byte)(1 + position % 255);
                await CheckAsync(files, $"{file} at {position}");
            }
        }
    }

    [Theory]
    [InlineData("keys", 1)]
    [InlineData("2/header", 3)]
    [InlineData("2/log", 3)]
    [InlineData("2/pack", 3)]
    public async Task A_changed_byte_of_a_purged_store_is_named_or_harmless(string name, int step)
    {
        var original = await MakeAsync(packed: false);
        await using (var store = await _world.OpenAsync(new MemoryBackend(original)))
        {
            await store.PurgeAsync([_chats[2], _chats[4]], CancellationToken.None);
            await World.AssertAsync(store, _chats[0], World.Tags, FactValue.Text("after"));
        }
        _chats.RemoveAt(4);
        _chats.RemoveAt(2);
        foreach (var file in original.Content.Keys.Where(key => key.StartsWith(name, StringComparison.Ordinal)).ToArray())
        {
            var length = original.Content[file].Length;
            for (var position = 0; position < length; position += step * Cases.Share)
            {
                var files = Copy(original);
                files.Content[file].GetBuffer()[position] ^= (byte)(1 + position % 255);
                await CheckAsync(files, $"{file} at {position}");
            }
        }
    }

    [Fact]
    public async Task The_list_of_key_slots_from_before_a_purge_opens_nothing()
    {
        var files = await MakeAsync(packed: false);
        var keys = files.Content["keys"].ToArray();
        await using (var store = await _world.OpenAsync(new MemoryBackend(files)))
            await store.PurgeAsync([_chats[2]], CancellationToken.None);
        files.Content["keys"] = new MemoryStream();
        files.Content["keys"].Write(keys);

        await using var again = await _world.OpenAsync(new MemoryBackend(files));

        Assert.True(again.IsReadOnly);
        Assert.Equal(0, again.CommitCount);
        Assert.Contains(files.Content.Keys, name => name.StartsWith("2/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1/header", StoreDamage.Header)]
    [InlineData("1/log", StoreDamage.Log)]
    [InlineData("1/pack", StoreDamage.Pack)]
    public async Task A_missing_file_is_named(string name, StoreDamage damage)
    {
        var files = await MakeAsync(packed: true);
        files.Content.Remove(files.Content.Keys.First(key => key.StartsWith(name, StringComparison.Ordinal)));

        await using var store = await _world.OpenAsync(new MemoryBackend(files));

        Assert.True(store.IsReadOnly);
        Assert.Contains(damage, store.Damage);
    }

    [Fact]
    public async Task A_log_cut_anywhere_opens_at_the_last_good_commit_and_says_so()
    {
        var original = await MakeAsync(packed: false);
        var length = (int)original.Content["1/log"].Length;
        for (var cut = 0; cut < length; cut += 7 * Cases.Share)
        {
            var files = Copy(original);
            files.Content["1/log"].SetLength(cut);
            await using var store = await _world.OpenAsync(new MemoryBackend(files));
            Assert.True(store.IsReadOnly);
            Assert.Contains(store.Damage, damage => damage is StoreDamage.Log or StoreDamage.LogEnd);
            Assert.Null(World.SlotOf(store, World.Slot(1)));
            AssertPrefix(store);
            Assert.Equal(StoreError.ReadOnly, (await World.RefusedAsync(() => World.AssertAsync(store, _chats[0], World.Name, FactValue.Text("x")))).Code);
            Assert.Equal(cut, files.Content["1/log"].Length);
        }
    }

    [Fact]
    public async Task An_older_header_under_an_older_slot_key_is_noticed()
    {
        var files = new MemoryFiles();
        var backend = new MemoryBackend(files);
        byte[] header;
        await using (var store = await _world.CreateAsync(backend))
        {
            await World.PutAsync(store, World.Slot(1), "old"u8.ToArray());
            header = files.Content["1/header"].ToArray();
            await store.PurgeSlotsAsync(CancellationToken.None);
            await World.PutAsync(store, World.Slot(1), "new"u8.ToArray());
        }
        files.Content["1/header"] = new MemoryStream();
        files.Content["1/header"].Write(header);

        await using (var store = await _world.OpenAsync(new MemoryBackend(files)))
        {
            Assert.Contains(StoreDamage.HeaderRolledBack, store.Damage);
            Assert.Null(World.SlotOf(store, World.Slot(1)));
        }
        _world.Options = World.Cheap(readOnlyIfDamaged: false);
        Assert.Equal(StoreError.RolledBack, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(files)))).Code);
    }

    [Fact]
    public async Task An_older_log_under_the_current_header_is_noticed()
    {
        var files = new MemoryFiles();
        byte[] log;
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            await World.PutAsync(store, World.Slot(1), "old"u8.ToArray());
            log = files.Content["1/log"].ToArray();
            await World.PutAsync(store, World.Slot(1), "new"u8.ToArray());
        }
        files.Content["1/log"] = new MemoryStream();
        files.Content["1/log"].Write(log);

        await using var again = await _world.OpenAsync(new MemoryBackend(files));
        Assert.Contains(StoreDamage.LogEnd, again.Damage);
        Assert.Null(World.SlotOf(again, World.Slot(1)));
    }

    [Fact]
    public void A_slot_opens_only_as_the_version_of_the_slot_of_the_store_that_it_is()
    {
        var (storeId, otherId) = (Crypto.Hash256.Of("a"u8), Crypto.Hash256.Of("b"u8));
        using var key = new Crypto.SecretBuffer(32);
        var sealedSlot = SlotCipher.Seal(storeId, World.Slot(1), 7, "value"u8, key);

        using var value = SlotCipher.Open(storeId, World.Slot(1), 7, sealedSlot, key);
        Assert.Equal("value"u8.ToArray(), value!.Bytes.ToArray());
        Assert.Null(SlotCipher.Open(storeId, World.Slot(1), 6, sealedSlot, key));
        Assert.Null(SlotCipher.Open(storeId, World.Slot(2), 7, sealedSlot, key));
        Assert.Null(SlotCipher.Open(otherId, World.Slot(1), 7, sealedSlot, key));
    }

    [Fact]
    public void Swapped_and_moved_blobs_and_names_are_refused()
    {
        using var storage = StorageKey.Generate(_world.Random, Crypto.Hash256.Of("a"u8));
        using var other = StorageKey.Generate(_world.Random, Crypto.Hash256.Of("a"u8));
        using var cipher = new BlobCipher(storage);
        using var otherCipher = new BlobCipher(other);
        byte[] Seal(string text)
        {
            var node = new Node(NodeKind.Chunk, System.Text.Encoding.UTF8.GetBytes(text));
            var blob = new byte[BlobCipher.SizeOf(node.Bytes.Length)];
            cipher.Seal(node, blob);
            return blob;
        }
        var (one, two) = (Seal("one"), Seal("two"));

        Assert.True(cipher.TryOpen(one, out var opened));
        Assert.Equal("one"u8.ToArray(), opened!.Bytes.ToArray());
        Assert.False(cipher.TryOpen([.. one[..32], .. two[32..]], out _));
        Assert.False(otherCipher.TryOpen(one, out _));
        Assert.Equal(one, Seal("one"));
        Assert.Equal(0, (one.Length - BlobCipher.HeadSize - 16) % BlobCipher.PaddingStep);
    }

    [Fact]
    public async Task Cheap_and_absurd_costs_are_refused_before_they_are_paid()
    {
        var files = await MakeAsync(packed: false);
        _world.Options = StoreOptions.Default;
        Assert.Equal(StoreError.CostRefused, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(files)))).Code);
    }

    private static MemoryFiles Copy(MemoryFiles files)
    {
        var copy = new MemoryFiles();
        foreach (var (name, content) in files.Content)
        {
            var stream = new MemoryStream();
            stream.Write(content.ToArray());
            copy.Content.Add(name, stream);
        }
        return copy;
    }

    private async Task<MemoryFiles> MakeAsync(bool packed)
    {
        _world.Options = World.Cheap(packThreshold: packed ? 1200 : 1 << 20);
        var files = new MemoryFiles();
        await using var store = await _world.CreateAsync(new MemoryBackend(files));
        for (var i = 0; i < Count; i++)
        {
            _chats.Add(_world.NewEntity(World.Chat));
            await World.AssertAsync(store, _chats[i], World.Name, FactValue.Text($"chat {i}"));
        }
        await World.PutAsync(store, World.Slot(1), "current"u8.ToArray());
        return files;
    }

    private void AssertPrefix(IdentityStore store)
    {
        var isOver = false;
        foreach (var chat in _chats)
        {
            var isThere = store.Facts.Contains(chat);
            Assert.False(isThere && isOver, "a commit without the one before it");
            isOver |= !isThere;
        }
    }

    private async Task CheckAsync(MemoryFiles files, string where)
    {
        var before = files.Content.ToDictionary(file => file.Key, file => file.Value.ToArray());
        IdentityStore store;
        try
        {
            store = await _world.OpenAsync(new MemoryBackend(files));
        }
        catch (StoreException e)
        {
            Assert.True(e.Code is StoreError.Damaged or StoreError.NewerVersion or StoreError.WrongPassword, $"{where}: {e.Code}");
            return;
        }
        await using (store)
        {
            AssertPrefix(store);
            if (store.IsReadOnly)
            {
                Assert.NotEmpty(store.Damage);
                Assert.Null(World.SlotOf(store, World.Slot(1)));
            }
            else
            {
                Assert.True(_chats.All(store.Facts.Contains), where);
                Assert.Equal("current"u8.ToArray(), World.SlotOf(store, World.Slot(1)));
                return;
            }
        }
        Assert.All(before, file => Assert.Equal(file.Value, files.Content[file.Key].ToArray()));
    }
}
