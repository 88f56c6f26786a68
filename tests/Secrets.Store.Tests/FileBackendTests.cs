using System.Diagnostics;

namespace Secrets.Store.Tests;

/// <summary>The store in a folder: rights, the lock, what a second program is told.</summary>
public sealed class FileBackendTests : IDisposable
{
    private readonly World _world = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "store-" + Convert.ToHexString(Guid.NewGuid().ToByteArray()));

    [Fact]
    public async Task A_store_in_a_folder_is_its_owners_alone_and_opens_again()
    {
        _world.Options = World.Cheap(packThreshold: 2000);
        var chat = _world.NewEntity(World.Chat);
        await using (var store = await _world.CreateAsync(new FileBackend(_folder)))
        {
            for (var i = 0; i < 20; i++)
                await World.AssertAsync(store, chat, World.Name, FactValue.Text($"name {i}"));
            await store.ChangePasswordAsync(World.Password, World.OtherPassword, CancellationToken.None);
            await World.PutAsync(store, World.Slot(1), "state"u8.ToArray());
        }
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        await using var again = await _world.OpenAsync(new FileBackend(_folder), World.OtherPassword);
        Assert.Empty(again.Damage);
        Assert.Equal("name 19", World.TextOf(again, chat, World.Name));
        Assert.Equal("state"u8.ToArray(), World.SlotOf(again, World.Slot(1)));
    }

    [Fact]
    public async Task A_missing_store_leaves_no_trace()
    {
        Assert.Equal(StoreError.NotFound, (await World.RefusedAsync(() => _world.OpenAsync(new FileBackend(_folder)))).Code);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_store_is_in_use()
    {
        await (await _world.CreateAsync(new FileBackend(_folder))).DisposeAsync();
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "needs flock(1)");
        using (var other = Process.Start(new ProcessStartInfo("/usr/bin/flock", [Path.Combine(_folder, "lock"), "sh", "-c", "echo locked; read line"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!)
        {
            Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.Equal(StoreError.InUse, (await World.RefusedAsync(() => _world.OpenAsync(new FileBackend(_folder)))).Code);
            await other.StandardInput.WriteLineAsync();
            await other.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var store = await _world.OpenAsync(new FileBackend(_folder));
        Assert.Equal(StoreError.InUse, (await World.RefusedAsync(() => _world.OpenAsync(new FileBackend(_folder)))).Code);
        using var refused = Process.Start("/usr/bin/flock", ["-n", Path.Combine(_folder, "lock"), "true"]);
        await refused.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, refused.ExitCode);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
