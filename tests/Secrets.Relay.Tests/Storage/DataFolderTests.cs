using Microsoft.Extensions.Logging.Abstractions;
using Secrets.Crypto;
using Secrets.Relay.Storage;
using Secrets.Relay.Tests.Support;

namespace Secrets.Relay.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_key_is_born_once_and_readable_by_its_owner_alone()
    {
        using var first = DataFolder.Open(_folder["data"]);
        using var key = first.LoadKey(RandomSource.System);
        using var again = first.LoadKey(RandomSource.System);

        Assert.Equal(key.PublicKey, again.PublicKey);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(first.Path, DataFolder.KeyFileName)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(first.Path));
    }

    [Fact]
    public void A_folder_in_use_is_refused()
    {
        using var first = DataFolder.Open(_folder.Path);

        var refusal = Assert.Throws<RelayException>(() => DataFolder.Open(_folder.Path));

        Assert.Equal(RelayErrorCode.DataInUse, refusal.Code);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(_folder["file"], "");

        var refusal = Assert.Throws<RelayException>(() => DataFolder.Open(_folder["file/below"]));

        Assert.Equal(RelayErrorCode.DataUnusable, refusal.Code);
    }

    [Fact]
    public void A_damaged_key_is_refused_and_not_replaced()
    {
        using var folder = DataFolder.Open(_folder.Path);
        File.WriteAllBytes(_folder[DataFolder.KeyFileName], new byte[31]);

        var refusal = Assert.Throws<RelayException>(() => folder.LoadKey(RandomSource.System));

        Assert.Equal(RelayErrorCode.DataDamaged, refusal.Code);
        Assert.Equal(31, new FileInfo(_folder[DataFolder.KeyFileName]).Length);
    }

    [Fact]
    public void A_database_of_a_later_version_of_another_program_or_damaged_is_refused()
    {
        var file = _folder[SqliteBoxStore.FileName];
        Write(file, "PRAGMA user_version=1; CREATE TABLE other(x)");
        Assert.Equal(RelayErrorCode.DataNotOurs, Refusal());

        File.Delete(file);
        CloseAfterOpening();
        Write(file, "PRAGMA user_version=2");
        Assert.Equal(RelayErrorCode.DataTooNew, Refusal());

        File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)7, 8192)]);
        Assert.Equal(RelayErrorCode.DataDamaged, Refusal());
    }

    [Fact]
    public void Bell_numbers_only_grow_whatever_the_clock_does()
    {
        var clock = new ManualClock();
        using var folder = DataFolder.Open(_folder.Path);
        var last = 0UL;
        foreach (var jump in (int[])[0, 1, -400, 800, -800])
        {
            clock.Set(TimeSpan.FromDays(jump));
            var number = folder.ReserveNumbers(clock.GetUtcNow());
            Assert.True(number > last);
            last = number;
        }
    }

    [Fact]
    public void The_manifest_stays_the_same_until_its_terms_change()
    {
        var options = new RelayOptions { DataFolder = _folder.Path, Clock = new ManualClock() };
        using var folder = DataFolder.Open(_folder.Path);
        using var key = folder.LoadKey(RandomSource.System);

        var first = folder.LoadManifest(key, key.PublicKey, isClosed: false, options);
        var second = folder.LoadManifest(key, key.PublicKey, isClosed: false, options);
        var third = folder.LoadManifest(key, key.PublicKey, isClosed: true, options);

        Assert.Equal(first.Hash, second.Hash);
        Assert.True(third.Terms.Number > first.Terms.Number);
        Assert.True(third.Terms.IsClosed);
    }

    public void Dispose() => _folder.Dispose();

    private RelayErrorCode Refusal() => Assert.Throws<RelayException>(CloseAfterOpening).Code;

    private void CloseAfterOpening()
    {
        var options = new BoxStoreOptions { Folder = _folder.Path, ReserveBytes = 0 };
        SqliteBoxStore.Open(options, TimeProvider.System, NullLogger.Instance).DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void Write(string file, string sql)
    {
        using var database = SqliteDatabase.Open(file, TimeSpan.FromSeconds(1));
        database.Execute(sql);
    }
}
