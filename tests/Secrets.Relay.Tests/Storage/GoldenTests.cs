using Secrets.Crypto;
using Secrets.Relay.Storage;
using Secrets.Relay.Tests.Support;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Storage;

/// <summary>A data folder that an earlier version wrote opens in this one. With SECRETS_WRITE_GOLDEN=1 a missing one is made; one that is there is never changed.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("v1", "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c")]
    public async Task A_data_folder_of_an_earlier_version_opens_with_all_its_boxes(string version, string id)
    {
        var golden = Path.Combine(SourceFolder(), "Golden", version);
        if (!Directory.Exists(golden) && Environment.GetEnvironmentVariable("SECRETS_WRITE_GOLDEN") == "1")
            await WriteAsync(golden);
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(golden))
            File.Copy(file, folder[Path.GetFileName(file)]);

        await using var core = RelayCore.Start(new RelayOptions { DataFolder = folder.Path, Clock = new ManualClock(), ReserveBytes = 0 });

        Assert.Equal(id, Convert.ToHexStringLower(core.Id.Bytes));
        using var small = TestBox.Numbered(1, BoxClass.Small);
        using var large = TestBox.Numbered(2, BoxClass.Large);
        using var deleted = TestBox.Numbered(3, BoxClass.Small);
        using var next = TestBox.Numbered(4, BoxClass.Small);
        Assert.Equal(small.Body, core.Store.Find(small)!.Body.ToArray());
        Assert.Equal(large.Body, core.Store.Find(large)!.Body.ToArray());
        Assert.True(core.Store.Find(deleted)!.IsMark);
        Assert.Equal(BoxDecision.Store, (await core.Store.PutAsync(next)).Decision);
    }

    private static string SourceFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Secrets.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside of the tree.");
        return Path.Combine(folder, "tests", "Secrets.Relay.Tests");
    }

    private static async Task WriteAsync(string golden)
    {
        using var folder = new TemporaryFolder();
        var seed = new byte[Ed25519PrivateKey.SeedSize];
        seed.AsSpan().Fill(1);
        File.WriteAllBytes(folder[DataFolder.KeyFileName], seed);
        var clock = new ManualClock();
        await using (var core = RelayCore.Start(new RelayOptions { DataFolder = folder.Path, Clock = clock, ReserveBytes = 0 }))
        {
            using var small = TestBox.Numbered(1, BoxClass.Small);
            using var large = TestBox.Numbered(2, BoxClass.Large);
            using var deleted = TestBox.Numbered(3, BoxClass.Small);
            _ = await core.Store.PutAsync(small);
            _ = await core.Store.PutAsync(large);
            _ = await core.Store.DeleteAsync(deleted);
        }
        _ = Directory.CreateDirectory(golden);
        foreach (var name in (string[])[DataFolder.KeyFileName, SqliteBoxStore.FileName, "bell", "manifest"])
            File.Copy(folder[name], Path.Combine(golden, name));
    }
}
