using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Secrets.Browser.Storage;
using Secrets.Store;
using Secrets.Store.Tests;

namespace Secrets.Browser.Tests;

/// <summary>A store in the browser's database, and in files of the browser's where something is large.</summary>
[SupportedOSPlatform("browser")]
public sealed partial class IndexedDbBackendTests : IAsyncLifetime
{
    private const int LargeSize = 64 * 1024;

    private readonly World _world = new();
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly EntityId _chat;

    public IndexedDbBackendTests() => _chat = _world.NewEntity(World.Chat);

    public async ValueTask InitializeAsync() => Assert.True(await IndexedDb.OpenShelfAsync());

    public async ValueTask DisposeAsync()
    {
        Refuse("");
        await IndexedDb.DeleteShelfAsync(_id);
    }

    [Fact]
    public async Task A_long_text_is_in_a_file_too_and_in_it_alone_once_that_is_surely_on_the_disk()
    {
        await WriteAsync(Long(1));
        var (_, length) = Assert.Single(await FilesAsync());
        Assert.InRange(length, LargeSize, LargeSize + 1024);
        var pieces = await CountPiecesAsync(_id);
        await HasAsync(Long(1));
        Assert.Equal(pieces, await CountPiecesAsync(_id));

        Wait(10);
        await HasAsync(Long(1));
        Assert.Equal(pieces - (length / 16384), await CountPiecesAsync(_id));
        await HasAsync(Long(1));
        await WriteAsync("short");
        await HasAsync("short");
        _ = Assert.Single(await FilesAsync());
    }

    [Fact]
    public async Task A_crash_between_the_file_and_the_row_that_names_it_leaves_what_was_before()
    {
        await WriteAsync("before");
        await using (var store = await OpenAsync())
        {
            Refuse("rows removal");
            Assert.Equal(StoreError.WriteFailed, (await World.RefusedAsync(() => World.AssertAsync(store, _chat, World.Name, FactValue.Text(Long(2))))).Code);
        }
        Refuse("");
        _ = Assert.Single(await FilesAsync());

        await HasAsync("before");
        Assert.Empty(await FilesAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(LargeSize - 1)]
    public async Task A_file_that_is_missing_or_short_is_damage_as_any_other(int length)
    {
        await WriteAsync(Long(3));
        Wait(10);
        await HasAsync(Long(3));
        await HarmAsync(_id, Assert.Single(await FilesAsync()).Name, length);

        await using var store = await OpenAsync();
        Assert.True(store.IsReadOnly);
        Assert.Contains(store.Damage, damage => damage is StoreDamage.Log or StoreDamage.LogEnd);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public async Task What_the_disk_lost_of_a_new_file_is_still_in_the_database(int length)
    {
        await WriteAsync(Long(4));
        await HarmAsync(_id, Assert.Single(await FilesAsync()).Name, length);
        Wait(10);
        await HasAsync(Long(4));
        Assert.Empty(await FilesAsync());
        await HasAsync(Long(4));
    }

    [Fact]
    public async Task Where_files_are_refused_the_database_has_everything()
    {
        Refuse("files");
        await WriteAsync(Long(5));
        Wait(10);
        await HasAsync(Long(5));
        Assert.Empty(await FilesAsync());
        await IndexedDb.DeleteShelfAsync(_id);
        Refuse("");
        Assert.False(await HasFolderAsync(_id));
    }

    [Fact]
    public async Task What_is_kept_is_not_lost_where_files_are_refused_later()
    {
        await WriteAsync(Long(6));
        Wait(10);
        await HasAsync(Long(6));
        Refuse("files");
        Assert.Equal(StoreError.WriteFailed, (await World.RefusedAsync(OpenAsync)).Code);
        Refuse("");
        await HasAsync(Long(6));
    }

    [Fact]
    public async Task A_file_goes_with_what_it_was_for()
    {
        await WriteAsync(Long(7));
        Wait(10);
        await HasAsync(Long(7));
        // packing puts another log in place of the one that is in the file; two packs of half a text are not large
        _world.Options = World.Cheap(packThreshold: 2000);
        await WriteAsync("short");
        Assert.Empty(await FilesAsync());
        await HasAsync("short");
    }

    [Fact]
    public async Task A_file_that_is_to_be_erased_and_cannot_be_removed_is_told_and_goes_at_the_next_opening()
    {
        await WriteAsync(Long(8));
        await using (var store = await OpenAsync())
        {
            Refuse("removal");
            Assert.Equal(StoreError.NotErased, (await World.RefusedAsync(() => store.PurgeAsync([_chat], CancellationToken.None))).Code);
        }
        Refuse("");
        _ = Assert.Single(await FilesAsync());
        await using (var again = await OpenAsync())
            Assert.Empty(again.Damage);
        Assert.Empty(await FilesAsync());
    }

    [Fact]
    public async Task Deleting_an_identity_leaves_no_file()
    {
        await WriteAsync(Long(9));
        Assert.True(await HasFolderAsync(_id));
        await IndexedDb.DeleteShelfAsync(_id);
        Assert.False(await HasFolderAsync(_id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_written_cut_and_replaced_is_read_as_from_memory(ulong seed)
    {
        const string Name = "1/log";
        var random = new TestRandom(seed);
        var model = new MemoryBackend();
        var backend = new IndexedDbBackend(_id);
        Assert.True(await backend.TryLockAsync(CancellationToken.None));
        for (var step = 0; step < 80; step++)
        {
            var length = (int)((await model.ReadAsync(Name, CancellationToken.None))?.Length ?? 0);
            var bytes = new byte[random.Next(10) < 6 ? random.Next(3000) : random.Next(200_000)];
            random.Fill(bytes);
            switch (random.Next(10))
            {
                case 0:
                    await ForBothAsync(files => files.ReplaceAsync(Name, bytes, CancellationToken.None));
                    break;
                case 1 when length > 0:
                    var cut = random.Next(length);
                    await ForBothAsync(files => files.TruncateAsync(Name, cut, CancellationToken.None));
                    break;
                case 2:
                    await ForBothAsync(files => files.FlushAsync(Name, CancellationToken.None));
                    await backend.UnlockAsync();
                    Wait(random.Next(12));
                    Assert.True(await backend.TryLockAsync(CancellationToken.None));
                    break;
                case 3 when length > 0:
                    var within = random.Next(length);
                    await ForBothAsync(files => files.WriteAsync(Name, within, bytes, CancellationToken.None));
                    break;
                case 4 when random.Next(4) == 0:
                    await ForBothAsync(files => files.DeleteAsync(Name, CancellationToken.None));
                    break;
                default:
                    await ForBothAsync(files => files.WriteAsync(Name, length, bytes, CancellationToken.None));
                    break;
            }
            if (random.Next(2) == 0)
                await ForBothAsync(files => files.FlushAsync(Name, CancellationToken.None));
            var expected = await model.ReadAsync(Name, CancellationToken.None);
            var found = await backend.ReadAsync(Name, CancellationToken.None);
            Assert.True((expected ?? default).Span.SequenceEqual((found ?? default).Span), $"step {step}");
        }
        await backend.DisposeAsync();

        async Task ForBothAsync(Func<IStoreBackend, ValueTask> change)
        {
            await change(model);
            await change(backend);
        }
    }

    // both halves differ, as equal chunks are written once
    private static string Long(int number) => string.Concat(Enumerable.Range(0, LargeSize / 8).Select(i => $"{(number * 1_000_000) + i,8}"));

    private Task<IdentityStore> OpenAsync() => _world.OpenAsync(new IndexedDbBackend(_id));

    private async Task WriteAsync(string text)
    {
        var backend = new IndexedDbBackend(_id);
        var isThere = await IdentityStore.ExistsAsync(backend, CancellationToken.None);
        await using var store = isThere ? await _world.OpenAsync(backend) : await _world.CreateAsync(backend);
        await World.AssertAsync(store, _chat, World.Name, FactValue.Text(text));
    }

    private async Task HasAsync(string text)
    {
        await using var store = await OpenAsync();
        Assert.Empty(store.Damage);
        Assert.Equal(text, World.TextOf(store, _chat, World.Name));
    }

    private async Task<IReadOnlyList<(string Name, int Length)>> FilesAsync() =>
        [.. (await LargeFilesAsync(_id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts => (parts[0], int.Parse(parts[1], null)))];

    [JSImport("largeFiles", "tests")]
    private static partial Task<string> LargeFilesAsync(string id);

    [JSImport("hasFolder", "tests")]
    private static partial Task<bool> HasFolderAsync(string id);

    [JSImport("harm", "tests")]
    private static partial Task HarmAsync(string id, string name, int length);

    [JSImport("countPieces", "tests")]
    private static partial Task<int> CountPiecesAsync(string id);

    [JSImport("refuse", "tests")]
    private static partial void Refuse(string what);

    [JSImport("wait", "tests")]
    private static partial void Wait(int minutes);
}
