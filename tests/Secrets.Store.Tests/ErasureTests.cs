using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>E-28, E-35, decision 23: what was erased can't be had from the files, not even with the password.</summary>
public class ErasureTests
{
    private readonly World _world = new();

    [Fact]
    public async Task E35_An_erased_slot_is_in_no_file_for_one_who_has_the_password()
    {
        var files = new MemoryFiles();
        await using var store = await _world.CreateAsync(new MemoryBackend(files));
        await World.PutAsync(store, World.Slot(1), "the chain key of yesterday"u8.ToArray());
        await World.PutAsync(store, World.Slot(2), "stays"u8.ToArray());
        Assert.Contains(await Thief.SlotValuesAsync(files, World.Password), value => value.AsSpan().SequenceEqual("the chain key of yesterday"u8));

        using (var t = store.Begin())
        {
            t.EraseSlot(World.Slot(1));
            await t.CommitAsync(CancellationToken.None);
        }

        Assert.Equal(["stays"u8.ToArray()], (await Thief.SlotValuesAsync(files, World.Password)).DistinctBy(Convert.ToHexString));
        Assert.Null(World.SlotOf(store, World.Slot(1)));
        Assert.Equal("stays"u8.ToArray(), World.SlotOf(store, World.Slot(2)));
    }

    [Fact]
    public async Task E35_A_purge_forgets_the_earlier_versions_of_every_slot()
    {
        var files = new MemoryFiles();
        await using var store = await _world.CreateAsync(new MemoryBackend(files));
        for (var i = 0; i < 5; i++)
            await World.PutAsync(store, World.Slot(1), new byte[] { (byte)i, 77 });
        Assert.Equal(5, (await Thief.SlotValuesAsync(files, World.Password)).DistinctBy(Convert.ToHexString).Count());

        await store.PurgeSlotsAsync(CancellationToken.None);

        Assert.Equal([new byte[] { 4, 77 }], (await Thief.SlotValuesAsync(files, World.Password)).DistinctBy(Convert.ToHexString));
    }

    [Fact]
    public async Task The_slot_key_is_replaced_once_a_day_and_when_the_clock_went_back()
    {
        var files = new MemoryFiles();
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            await World.PutAsync(store, World.Slot(1), "old"u8.ToArray());
            _world.Time.Now += TimeSpan.FromHours(25);
            await World.PutAsync(store, World.Slot(1), "new"u8.ToArray());
            Assert.Equal(["new"u8.ToArray()], (await Thief.SlotValuesAsync(files, World.Password)).DistinctBy(Convert.ToHexString));
            await World.PutAsync(store, World.Slot(1), "newer"u8.ToArray());
        }

        _world.Time.Now -= TimeSpan.FromDays(400);
        await using var again = await _world.OpenAsync(new MemoryBackend(files));

        Assert.Equal(["newer"u8.ToArray()], (await Thief.SlotValuesAsync(files, World.Password)).DistinctBy(Convert.ToHexString));
        Assert.Equal("newer"u8.ToArray(), World.SlotOf(again, World.Slot(1)));
    }

    [Fact]
    public async Task Retiring_erases_all_slots_for_good()
    {
        var files = new MemoryFiles();
        await using var store = await _world.CreateAsync(new MemoryBackend(files));
        await World.PutAsync(store, World.Slot(1), "device key"u8.ToArray());
        await store.EraseSlotsAndRetireAsync(CancellationToken.None);

        Assert.Empty(await Thief.SlotValuesAsync(files, World.Password));
    }

    [Fact]
    public async Task No_file_holds_anything_readable()
    {
        var files = new MemoryFiles();
        var chat = _world.NewEntity(World.Chat);
        await using (var store = await _world.CreateAsync(new MemoryBackend(files)))
        {
            await World.AssertAsync(store, chat, World.Name, FactValue.Text("Lunch with the whistleblower"));
            await World.PutAsync(store, World.Slot(1), "ratchet state of the session"u8.ToArray());
        }
        var uuid = new byte[16];
        chat.WriteUuid(uuid);
        var seed = new byte[32];
        _world.Device.ExportForVault(seed);

        foreach (var content in files.Content.Values.Select(file => file.ToArray()))
        {
            Assert.Equal(-1, content.AsSpan().IndexOf("whistleblower"u8));
            Assert.Equal(-1, content.AsSpan().IndexOf("ratchet state"u8));
            Assert.Equal(-1, content.AsSpan().IndexOf("chat"u8));
            Assert.Equal(-1, content.AsSpan().IndexOf(uuid));
            Assert.Equal(-1, content.AsSpan().IndexOf(seed));
            Assert.Equal(-1, content.AsSpan().IndexOf(_world.Device.PublicKey.Bytes));
            Assert.Equal(-1, content.AsSpan().IndexOf(World.Password.Span));
        }
    }

    [Fact]
    public async Task A_known_file_cannot_be_looked_for_without_the_key()
    {
        var known = new byte[40_000];
        _world.Random.Fill(known);
        var chunk = new Node(NodeKind.Chunk, known.AsMemory(0, CommitWriter.ChunkSize));
        var all = new List<MemoryFiles>();
        for (var i = 0; i < 2; i++)
        {
            var files = new MemoryFiles();
            all.Add(files);
            await using var store = await _world.CreateAsync(new MemoryBackend(files));
            await World.AssertAsync(store, _world.NewEntity(World.Chat), AttributeName.One("file"), FactValue.Bytes(known));
        }

        // neither its name nor its bytes, and in two stores no 16 bytes are the same but those of the records' heads
        var first = all[0].Content["1/log"].ToArray();
        var second = all[1].Content["1/log"].ToArray();
        Assert.Equal(-1, first.AsSpan().IndexOf(chunk.Name.Bytes));
        Assert.Equal(-1, first.AsSpan().IndexOf(chunk.Name.Bytes[..16]));
        Assert.Equal(-1, first.AsSpan().IndexOf(known.AsSpan(0, 16)));
        var blocks = new HashSet<string>();
        for (var i = 0; i + 16 <= first.Length; i += 4)
        {
            // a head is full of zeros and small numbers
            if (first.AsSpan(i, 16).Count((byte)0) < 6)
                blocks.Add(Convert.ToHexString(first, i, 16));
        }
        var common = 0;
        for (var i = 0; i + 16 <= second.Length; i += 4)
            common += blocks.Contains(Convert.ToHexString(second, i, 16)) ? 1 : 0;
        Assert.Equal(0, common);
    }

    [Fact]
    public void Secret_values_and_slots_are_wiped_when_the_store_is_closed()
    {
        var value = FactValue.Secret("secret"u8);
        value.Wipe();
        Assert.Throws<ObjectDisposedException>(() => value.OpenSecret());
        using var table = new SlotTable();
        var held = new SecretBuffer("slot"u8);
        table.Set([new SlotEntry(World.Slot(1), 1, new SecretBuffer(32), 0, 0)], [held]);
        table.Dispose();
        Assert.True(held.IsDisposed);
    }
}
