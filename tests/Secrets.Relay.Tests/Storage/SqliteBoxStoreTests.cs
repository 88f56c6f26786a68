using Microsoft.Extensions.Logging.Abstractions;
using Secrets.Relay.Storage;
using Secrets.Relay.Tests.Support;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Storage;

public sealed class SqliteBoxStoreTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private SqliteBoxStore _store;

    public SqliteBoxStoreTests() => _store = Open();

    [Fact]
    public async Task A_box_is_found_with_its_signature_and_body()
    {
        using var box = new TestBox();

        var result = await _store.PutAsync(box);

        Assert.Equal(BoxDecision.Store, result.Decision);
        var found = _store.Find(box);
        Assert.NotNull(found);
        Assert.Equal(box.Body, found.Body.ToArray());
        Assert.Equal(box.Kept.Signature, found.Signature);
        Assert.Equal(BoxClass.Small, found.Class);
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_was_put()
    {
        using var box = new TestBox();
        using var other = new TestBox();
        _ = await _store.PutAsync(other);

        Assert.Null(_store.Find(box));
    }

    [Fact]
    public async Task The_identical_box_is_taken_again_and_another_is_shown_what_is_there()
    {
        // decision 14
        using var box = new TestBox();
        _ = await _store.PutAsync(box);

        var again = await _store.PutAsync(box);
        var other = await _store.PutAsync(box.Address, box.Keep(TestBox.RandomBody(BoxClass.Small)));

        Assert.Equal(BoxDecision.Renew, again.Decision);
        Assert.Equal(BoxDecision.AnswerOccupied, other.Decision);
        Assert.Equal(box.Body, other.Existing!.Body.ToArray());
        Assert.Equal(box.Body, _store.Find(box)!.Body.ToArray());
    }

    [Fact]
    public async Task A_delete_leaves_a_mark_that_refuses_every_later_write()
    {
        // decision 13
        using var box = new TestBox();
        _ = await _store.PutAsync(box);

        var deleted = await _store.DeleteAsync(box);
        var again = await _store.PutAsync(box);

        Assert.Equal(BoxDecision.Store, deleted.Decision);
        Assert.Equal(BoxDecision.AnswerDeleted, again.Decision);
        Assert.Equal(box.Mark.Signature, again.Existing!.Signature);
        Assert.True(_store.Find(box)!.IsMark);
    }

    [Fact]
    public async Task A_delete_for_an_address_never_seen_is_kept()
    {
        // decision 13
        using var box = new TestBox();

        _ = await _store.DeleteAsync(box);

        Assert.Equal(BoxDecision.AnswerDeleted, (await _store.PutAsync(box)).Decision);
        Assert.Equal(BoxDecision.Renew, (await _store.DeleteAsync(box)).Decision);
    }

    [Fact]
    public async Task A_deleted_body_is_overwritten_on_the_disk()
    {
        using var box = new TestBox();
        _ = await _store.PutAsync(box);
        Assert.True(_store.Checkpoint());
        Assert.True(IsOnDisk(box.Body));

        _ = await _store.DeleteAsync(box);
        Assert.True(_store.Checkpoint());

        Assert.False(IsOnDisk(box.Body));
    }

    [Fact]
    public async Task Many_writes_at_once_are_all_kept_and_the_first_of_two_wins()
    {
        var boxes = Enumerable.Range(0, 700).Select(_ => new TestBox()).ToArray();

        var results = await Task.WhenAll(boxes.Select(box => _store.PutAsync(box)));
        var seconds = await Task.WhenAll(boxes.Select(box => _store.PutAsync(box.Address, box.Keep(TestBox.RandomBody(BoxClass.Small)))));

        Assert.All(results, result => Assert.Equal(BoxDecision.Store, result.Decision));
        Assert.All(seconds, result => Assert.Equal(BoxDecision.AnswerOccupied, result.Decision));
        Assert.All(boxes, box => Assert.Equal(box.Body, _store.Find(box)!.Body.ToArray()));
    }

    [Fact]
    public async Task What_was_kept_is_there_after_closing_and_opening()
    {
        using var box = new TestBox();
        using var deleted = new TestBox(BoxClass.Large);
        _ = await _store.PutAsync(box);
        _ = await _store.DeleteAsync(deleted);

        await ReopenAsync();

        Assert.Equal(box.Body, _store.Find(box)!.Body.ToArray());
        Assert.True(_store.Find(deleted)!.IsMark);
        using var next = new TestBox();
        Assert.Equal(BoxDecision.Store, (await _store.PutAsync(next)).Decision);
    }

    [Fact]
    public async Task A_box_is_kept_for_the_limit_and_then_dropped()
    {
        using var box = new TestBox();
        _ = await _store.PutAsync(box);

        await PassDaysAsync(21);
        Assert.NotNull(_store.Find(box));

        await PassDaysAsync(1);
        Assert.Null(_store.Find(box));
    }

    [Fact]
    public async Task Putting_the_identical_box_again_starts_its_limit_anew()
    {
        using var renewed = new TestBox();
        using var box = new TestBox();
        _ = await _store.PutAsync(renewed);
        _ = await _store.PutAsync(box);
        await PassDaysAsync(15);

        _ = await _store.PutAsync(renewed);
        await PassDaysAsync(10);

        Assert.NotNull(_store.Find(renewed));
        Assert.Null(_store.Find(box));
    }

    [Fact]
    public async Task A_clock_that_jumps_drops_nothing()
    {
        using var box = new TestBox();
        _ = await _store.PutAsync(box);

        foreach (var jump in (int[])[400, -400, 60, -30])
        {
            _clock.Set(TimeSpan.FromDays(jump));
            await _store.ExpireAsync();
            await ReopenAsync();
        }

        Assert.NotNull(_store.Find(box));
    }

    [Fact]
    public async Task Many_expired_boxes_go_in_small_steps_and_the_others_stay()
    {
        var old = Enumerable.Range(0, 300).Select(_ => new TestBox()).ToArray();
        _ = await Task.WhenAll(old.Select(box => _store.PutAsync(box)));
        await PassDaysAsync(10);
        using var young = new TestBox();
        _ = await _store.PutAsync(young);

        await PassDaysAsync(12);

        Assert.All(old, box => Assert.Null(_store.Find(box)));
        Assert.NotNull(_store.Find(young));
    }

    [Fact]
    public async Task The_log_is_emptied_within_a_minute()
    {
        using var box = new TestBox();
        _ = await _store.PutAsync(box);
        var log = new FileInfo(_folder[SqliteBoxStore.FileName + "-wal"]);
        Assert.True(log.Length > 0);

        for (var i = 0; i < 60 && log.Length > 0; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            // the turn runs on another thread; another write would be no later than it
            _ = SpinWait.SpinUntil(() => Length(log) == 0, TimeSpan.FromMilliseconds(i < 29 ? 1 : 200));
        }

        Assert.Equal(0, Length(log));
    }

    [Fact]
    public async Task A_long_log_starts_over_in_place_while_writes_go_on()
    {
        var log = new FileInfo(_folder[SqliteBoxStore.FileName + "-wal"]);
        var before = -1L;
        var writing = Task.CompletedTask;
        for (var wave = 0; before != Length(log); wave++)
        {
            Assert.True(wave < 50, "The log grew with each of many waves.");
            before = Length(log);
            var boxes = Enumerable.Range(0, 1_000).Select(_ => new TestBox()).ToArray();
            // one wave is always on its way, so that the writer never rests
            var next = Task.WhenAll(boxes.Select(box => _store.PutAsync(box)));
            await writing;
            writing = next;
        }
        await writing;
    }

    [Fact]
    public async Task Several_are_looked_for_at_once_and_each_answer_has_its_place()
    {
        using var first = new TestBox();
        using var missing = new TestBox();
        using var deleted = new TestBox(BoxClass.Large);
        _ = await _store.PutAsync(first);
        _ = await _store.DeleteAsync(deleted);

        var found = new KeptBox?[3];
        _store.Find([first.Address, missing.Address, deleted.Address], found);

        Assert.Equal(first.Body, found[0]!.Body.ToArray());
        Assert.Null(found[1]);
        Assert.True(found[2]!.IsMark);
    }

    [Fact]
    public async Task A_full_disk_refuses_new_boxes_serves_the_old_ones_and_recovers()
    {
        await _store.DisposeAsync();
        _store = Open(new BoxStoreOptions { Folder = _folder.Path, MaxPagesForTestsOnly = 200, ReserveBytes = 0 });
        var boxes = Enumerable.Range(0, 250).Select(_ => new TestBox()).ToArray();
        var kept = new List<TestBox>();
        foreach (var box in boxes)
        {
            if ((await _store.PutAsync(box)).Decision is BoxDecision.Store)
                kept.Add(box);
        }
        Assert.InRange(kept.Count, 100, 200);
        Assert.All(kept, box => Assert.NotNull(_store.Find(box)));

        await PassDaysAsync(22);

        using var next = new TestBox();
        Assert.Equal(BoxDecision.Store, (await _store.PutAsync(next)).Decision);
    }

    [Fact]
    public async Task At_the_quota_the_large_class_is_refused_first_and_deletes_make_room()
    {
        // decision 22
        await _store.DisposeAsync();
        _store = Open(new BoxStoreOptions { Folder = _folder.Path, QuotaBytes = 1 << 20, ReserveBytes = 0 });
        var small = new List<TestBox>();
        while (_store.Full is FullLevel.None)
            small.Add(await PutNewAsync());

        using var large = new TestBox(BoxClass.Large);
        Assert.Equal(BoxDecision.Refuse, (await _store.PutAsync(large)).Decision);
        while (_store.Full is FullLevel.Large)
            small.Add(await PutNewAsync());
        using var more = new TestBox();
        Assert.Equal(BoxDecision.Refuse, (await _store.PutAsync(more)).Decision);
        Assert.Equal(BoxDecision.Renew, (await _store.PutAsync(small[0])).Decision);
        Assert.NotNull(_store.Find(small[0]));

        foreach (var box in small.Take(60))
            Assert.Equal(BoxDecision.Store, (await _store.DeleteAsync(box)).Decision);

        Assert.Equal(FullLevel.None, _store.Full);
        Assert.Equal(BoxDecision.Store, (await _store.PutAsync(large)).Decision);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private static long Length(FileInfo file)
    {
        file.Refresh();
        return file.Length;
    }

    private SqliteBoxStore Open(BoxStoreOptions? options = null) =>
        SqliteBoxStore.Open(options ?? new BoxStoreOptions { Folder = _folder.Path, ReserveBytes = 0 }, _clock, NullLogger.Instance);

    private async Task ReopenAsync()
    {
        await _store.DisposeAsync();
        _store = Open();
    }

    private async Task<TestBox> PutNewAsync()
    {
        var box = new TestBox();
        Assert.Equal(BoxDecision.Store, (await _store.PutAsync(box)).Decision);
        return box;
    }

    private async Task PassDaysAsync(int days)
    {
        for (var i = 0; i < days; i++)
        {
            _clock.Set(TimeSpan.FromDays(1));
            await _store.ExpireAsync();
        }
    }

    private bool IsOnDisk(byte[] body) => Directory.GetFiles(_folder.Path)
        .Any(file => Contains(file, body.AsSpan(0, 64)) || Contains(file, body.AsSpan(body.Length - 64)));

    private static bool Contains(string file, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content.AsSpan().IndexOf(bytes) >= 0;
    }
}
