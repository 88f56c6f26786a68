using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>Decision 15 of part D: several ways to open one store, and what removing one is worth.</summary>
public class KeySlotTests
{
    private readonly World _world = new();
    private readonly MemoryFiles _files = new();

    [Fact]
    public async Task A_store_opens_with_a_recovery_key_and_with_a_devices_key_as_with_the_password()
    {
        using var recovery = StoreRecoveryKey.Generate(_world.Random);
        using var device = StoreDeviceKey.Generate(_world.Random);
        var chat = _world.NewEntity(World.Chat);
        await using (var store = await _world.CreateAsync(new MemoryBackend(_files)))
        {
            await World.AssertAsync(store, chat, World.Name, FactValue.Text("Lunch"));
            var added = await store.AddRecoveryKeyAsync(World.Password, recovery, CancellationToken.None);
            Assert.Equal(StoreKeySlotKind.Recovery, added.Kind);
            Assert.Equal([added], store.OtherKeySlots);
            await store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None);
            Assert.Equal([StoreKeySlotKind.Recovery, StoreKeySlotKind.Device], store.OtherKeySlots.Select(slot => slot.Kind).Order());
        }

        foreach (var open in new Func<Task<IdentityStore>>[] { () => OpenAsync(recovery), () => OpenAsync(device), () => _world.OpenAsync(new MemoryBackend(_files)) })
        {
            await using var store = await open();
            Assert.False(store.IsReadOnly);
            Assert.Equal("Lunch", World.TextOf(store, chat, World.Name));
            Assert.Equal(2, store.OtherKeySlots.Count);
            store.UseDevice(_world.Device);
            await World.AssertAsync(store, chat, World.Tags, FactValue.Text("written"));
        }
    }

    [Fact]
    public async Task Another_key_or_the_same_bytes_as_a_key_of_the_other_kind_open_nothing()
    {
        using var recovery = StoreRecoveryKey.Generate(_world.Random);
        var bytes = new byte[StoreRecoveryKey.Size];
        recovery.ExportForVault(bytes);
        await using (var store = await _world.CreateAsync(new MemoryBackend(_files)))
            await store.AddRecoveryKeyAsync(World.Password, recovery, CancellationToken.None);

        using var other = StoreRecoveryKey.Generate(_world.Random);
        using var asDevice = StoreDeviceKey.FromBytes(bytes);
        using var again = StoreRecoveryKey.FromBytes(bytes);
        Assert.Equal(StoreError.WrongKey, (await World.RefusedAsync(() => OpenAsync(other))).Code);
        Assert.Equal(StoreError.WrongKey, (await World.RefusedAsync(() => OpenAsync(asDevice))).Code);
        await (await OpenAsync(again)).DisposeAsync();
    }

    [Fact]
    public async Task A_recovery_key_opens_the_backup_root_and_a_devices_key_does_not()
    {
        using var recovery = StoreRecoveryKey.Generate(_world.Random);
        using var device = StoreDeviceKey.Generate(_world.Random);
        using var first = new SecretBuffer("first root"u8);
        using var second = new SecretBuffer("second root, longer"u8);
        await using var store = await _world.CreateAsync(new MemoryBackend(_files));
        await store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None);
        await store.SetBackupRootAsync(World.Password, first, CancellationToken.None);
        await store.AddRecoveryKeyAsync(World.Password, recovery, CancellationToken.None);
        using (var opened = store.OpenBackupRoot(recovery))
            Assert.Equal("first root"u8.ToArray(), opened!.Bytes.ToArray());

        await store.SetBackupRootAsync(World.Password, second, CancellationToken.None);

        using (var opened = store.OpenBackupRoot(recovery))
            Assert.Equal("second root, longer"u8.ToArray(), opened!.Bytes.ToArray());
        using (var opened = await store.OpenBackupRootAsync(World.Password, CancellationToken.None))
            Assert.Equal("second root, longer"u8.ToArray(), opened!.Bytes.ToArray());
        Assert.Equal(StoreError.None, KeySlots.TryRead(_files.Content["keys"].ToArray(), out var slots));
        using var pair = device.OpenPair();
        var slot = slots!.Others.Single(other => other.Slot.Kind == StoreKeySlotKind.Device);
        Assert.True(slot.TryOpen(pair, slots.StoreId, out var key, out var root));
        Assert.Null(root);
        key.Dispose();
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_with_the_recovery_key()
    {
        using var recovery = StoreRecoveryKey.Generate(_world.Random);
        using var stranger = StoreRecoveryKey.Generate(_world.Random);
        using var root = new SecretBuffer("root"u8);
        await using (var store = await _world.CreateAsync(new MemoryBackend(_files)))
        {
            await World.PutAsync(store, World.Slot(1), "state"u8.ToArray());
            await store.SetBackupRootAsync(World.Password, root, CancellationToken.None);
            await store.AddRecoveryKeyAsync(World.Password, recovery, CancellationToken.None);
        }
        await using (var store = await OpenAsync(recovery))
        {
            Assert.Equal(StoreError.WrongKey, (await World.RefusedAsync(() => store.ChangePasswordAsync(stranger, World.OtherPassword, CancellationToken.None))).Code);
            await store.ChangePasswordAsync(recovery, World.OtherPassword, CancellationToken.None);
        }

        Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(_files)))).Code);
        await (await OpenAsync(recovery)).DisposeAsync();
        await using var again = await _world.OpenAsync(new MemoryBackend(_files), World.OtherPassword);
        Assert.Equal("state"u8.ToArray(), World.SlotOf(again, World.Slot(1)));
        using var opened = await again.OpenBackupRootAsync(World.OtherPassword, CancellationToken.None);
        Assert.Equal("root"u8.ToArray(), opened!.Bytes.ToArray());
    }

    [Fact]
    public async Task Removing_a_slot_replaces_the_storage_key_so_that_what_it_opened_opens_nothing_any_more()
    {
        using var lost = StoreDeviceKey.Generate(_world.Random);
        using var kept = StoreDeviceKey.Generate(_world.Random);
        using var recovery = StoreRecoveryKey.Generate(_world.Random);
        var chat = _world.NewEntity(World.Chat);
        await using (var store = await _world.CreateAsync(new MemoryBackend(_files)))
        {
            await World.AssertAsync(store, chat, World.Name, FactValue.Text("Lunch"));
            var slot = await store.AddDeviceKeyAsync(lost.PublicKey(), CancellationToken.None);
            await store.AddDeviceKeyAsync(kept.PublicKey(), CancellationToken.None);
            await store.AddRecoveryKeyAsync(World.Password, recovery, CancellationToken.None);
            using var old = StorageKeyOf(lost);
            Assert.True(Opens(old));

            Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => store.RemoveKeySlotAsync(World.OtherPassword, slot, CancellationToken.None))).Code);
            Assert.True(Opens(old));
            await store.RemoveKeySlotAsync(World.Password, slot, CancellationToken.None);

            Assert.False(Opens(old));
            Assert.DoesNotContain(slot, store.OtherKeySlots);
            await Assert.ThrowsAsync<ArgumentException>(() => store.RemoveKeySlotAsync(World.Password, slot, CancellationToken.None));
        }

        Assert.DoesNotContain(_files.Content.Keys, name => name.StartsWith("1/", StringComparison.Ordinal));
        Assert.Equal(StoreError.WrongKey, (await World.RefusedAsync(() => OpenAsync(lost))).Code);
        await (await OpenAsync(kept)).DisposeAsync();
        await (await OpenAsync(recovery)).DisposeAsync();
        await using var again = await _world.OpenAsync(new MemoryBackend(_files));
        Assert.Equal("Lunch", World.TextOf(again, chat, World.Name));
    }

    [Fact]
    public async Task A_store_has_at_most_16_slots_and_each_key_once()
    {
        await using var store = await _world.CreateAsync(new MemoryBackend(_files));
        using var twice = StoreRecoveryKey.Generate(_world.Random);
        await store.AddRecoveryKeyAsync(World.Password, twice, CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.AddRecoveryKeyAsync(World.Password, twice, CancellationToken.None));
        for (var i = 2; i < KeySlots.MaxCount; i++)
        {
            using var device = StoreDeviceKey.Generate(_world.Random);
            await store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None);
        }
        using var tooMany = StoreDeviceKey.Generate(_world.Random);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.AddDeviceKeyAsync(tooMany.PublicKey(), CancellationToken.None));

        Assert.Equal(StoreError.None, KeySlots.TryRead(_files.Content["keys"].ToArray(), out var slots));
        Assert.Equal(KeySlots.MaxCount - 1, slots!.Others.Count);
    }

    [Fact]
    public async Task As_long_as_the_password_is_alone_the_file_has_version_1()
    {
        using var device = StoreDeviceKey.Generate(_world.Random);
        await using var store = await _world.CreateAsync(new MemoryBackend(_files));
        Assert.Equal(1, Version());
        var slot = await store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None);
        Assert.Equal(2, Version());
        await store.RemoveKeySlotAsync(World.Password, slot, CancellationToken.None);
        Assert.Equal(1, Version());
    }

    [Fact]
    public async Task Who_has_the_storage_key_alone_cannot_slip_in_a_recovery_key_and_wait_for_the_backup_root()
    {
        using var device = StoreDeviceKey.Generate(_world.Random);
        using var slipped = StoreRecoveryKey.Generate(_world.Random);
        using var slippedPair = slipped.OpenPair();
        await using (var store = await _world.CreateAsync(new MemoryBackend(_files)))
            await store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None);

        using var storageKey = StorageKeyOf(device);
        Assert.Equal(StoreError.None, KeySlots.TryRead(_files.Content["keys"].ToArray(), out var slots));
        var forged = slots!.With(KeySlot.Seal(StoreKeySlotKind.Recovery, slippedPair.PublicKey, slots.StoreId, storageKey, null, _world.Random));
        Put(forged.Write(storageKey));

        await using (var opened = await OpenAsync(device))
            Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => opened.OpenBackupRootAsync(World.Password, CancellationToken.None))).Code);
        Assert.Equal(StoreError.WrongPassword, (await World.RefusedAsync(() => _world.OpenAsync(new MemoryBackend(_files)))).Code);
    }

    [Fact]
    public async Task A_slot_whose_adding_was_refused_though_its_rename_happened_stops_writing_until_the_store_is_opened_anew()
    {
        using var device = StoreDeviceKey.Generate(_world.Random);
        var disk = new FaultyDisk();
        await using (var store = await _world.CreateAsync(disk.Open()))
        {
            // the disk makes every other refused rename happen
            while (disk.Operations % 2 == 0)
                await World.PutAsync(store, World.Slot(1), "state"u8.ToArray());
            (disk.FailAt, disk.RefusalCount) = (disk.Operations + 1, 1);

            Assert.Equal(StoreError.WriteFailed, (await World.RefusedAsync(() => store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None))).Code);

            Assert.Empty(store.OtherKeySlots);
            Assert.True(store.IsReadOnly);
        }
        await using var again = await IdentityStore.OpenAsync(disk.Open(), device, _world.Options, _world.Random, _world.Time, CancellationToken.None);
        Assert.False(again.IsReadOnly);
        Assert.Single(again.OtherKeySlots);
    }

    [Fact]
    public async Task A_changed_byte_of_the_list_is_named_even_if_its_checksum_is_made_right()
    {
        using var device = StoreDeviceKey.Generate(_world.Random);
        using var recovery = StoreRecoveryKey.Generate(_world.Random);
        await using (var store = await _world.CreateAsync(new MemoryBackend(_files)))
        {
            await store.AddDeviceKeyAsync(device.PublicKey(), CancellationToken.None);
            await store.AddRecoveryKeyAsync(World.Password, recovery, CancellationToken.None);
        }
        var original = _files.Content["keys"].ToArray();
        for (var position = 0; position < original.Length - 16; position += 7)
        {
            var changed = original.ToArray();
            changed[position] ^= 0x10;
            Put(changed);
            Assert.True((await World.RefusedAsync(() => OpenAsync(device))).Code is StoreError.Damaged or StoreError.NewerVersion, $"{position}");
            Blake2b.Hash(changed.AsSpan(changed.Length - 16), changed.AsSpan(0, changed.Length - 16));
            Put(changed);
            Assert.True((await World.RefusedAsync(() => OpenAsync(device))).Code is StoreError.Damaged or StoreError.NewerVersion or StoreError.WrongKey or StoreError.CostRefused, $"{position}");
        }
    }

    [Fact]
    public void A_public_key_of_small_order_or_that_is_not_reduced_is_refused()
    {
        using var device = StoreDeviceKey.Generate(_world.Random);
        var bytes = new byte[StoreDevicePublicKey.Size];
        device.PublicKey().Write(bytes);
        Assert.True(StoreDevicePublicKey.TryRead(bytes, out _));
        Assert.False(StoreDevicePublicKey.TryRead(bytes.AsSpan(1), out _));
        var small = bytes.ToArray();
        small.AsSpan(0, 32).Clear();
        small[0] = 1;
        Assert.False(StoreDevicePublicKey.TryRead(small, out _));
        var unreduced = bytes.ToArray();
        unreduced.AsSpan(32, 2).Fill(0xff);
        Assert.False(StoreDevicePublicKey.TryRead(unreduced, out _));
        Assert.Throws<ArgumentException>(() => StoreDeviceKey.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => StoreRecoveryKey.FromBytes(new byte[33]));
    }

    private Task<IdentityStore> OpenAsync(StoreRecoveryKey key) =>
        IdentityStore.OpenAsync(new MemoryBackend(_files), key, _world.Options, _world.Random, _world.Time, CancellationToken.None);

    private Task<IdentityStore> OpenAsync(StoreDeviceKey key) =>
        IdentityStore.OpenAsync(new MemoryBackend(_files), key, _world.Options, _world.Random, _world.Time, CancellationToken.None);

    private int Version() => _files.Content["keys"].ToArray()[9];

    private void Put(byte[] keys)
    {
        _files.Content["keys"] = new MemoryStream();
        _files.Content["keys"].Write(keys);
    }

    private StorageKey StorageKeyOf(StoreDeviceKey device)
    {
        Assert.Equal(StoreError.None, KeySlots.TryRead(_files.Content["keys"].ToArray(), out var slots));
        using var pair = device.OpenPair();
        foreach (var slot in slots!.Others)
        {
            if (slot.TryOpen(pair, slots.StoreId, out var key, out _))
                return new StorageKey(key, slots.StoreId);
        }
        throw new InvalidOperationException("No slot of this device.");
    }

    /// <summary>True if the key is the one that the current files are under.</summary>
    private bool Opens(StorageKey key)
    {
        var keys = _files.Content["keys"].ToArray();
        Assert.Equal(StoreError.None, KeySlots.TryRead(keys, out var slots));
        using var dataKey = slots!.OpenDataKey(key);
        using var headerKey = dataKey?.Derive(Labels.HeaderKey, 32);
        using var header = headerKey is null ? null : StoreHeader.TryRead(_files.Content[$"{slots.Generation}/header"].ToArray(), 0, slots.StoreId, headerKey);
        Assert.Equal(KeySlots.IsAuthentic(keys, key), header is not null);
        return header is not null;
    }
}
