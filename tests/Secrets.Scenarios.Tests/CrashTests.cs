using Secrets.Store;

namespace Secrets.Scenarios.Tests;

/// <summary>Power failures, kills and full disks at every write of a conversation.</summary>
/// <remarks>Nothing acknowledged is lost, nothing is shown twice, no address gets a second ciphertext (which the world holds).</remarks>
public sealed class CrashTests
{
    // each case runs a whole conversation once for every so many writes, beginning with another one
    private const int Stride = 7;

    public static TheoryData<int> Offsets => [.. Enumerable.Range(1, Stride)];

    [Theory]
    [MemberData(nameof(Offsets))]
    public async Task The_owner_is_killed_at_every_write(int offset) => await KillAtEveryWriteAsync(offset, killsOwner: true);

    [Theory]
    [MemberData(nameof(Offsets))]
    public async Task The_guest_is_killed_at_every_write(int offset) => await KillAtEveryWriteAsync(offset, killsOwner: false);

    [Theory]
    [InlineData(81UL)]
    [InlineData(82UL)]
    public async Task A_full_disk_loses_nothing_and_shows_nothing_twice(ulong seed)
    {
        await using var world = new World(seed);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("before");
        await world.RunAsync(TimeSpan.FromMinutes(1));

        alice.Disk.IsFull = true;
        var refusal = await Assert.ThrowsAsync<StoreException>(() => alice.SayAsync("refused"));
        Assert.Equal(StoreError.WriteFailed, refusal.Code);
        _ = await bob.SayAsync("while Alice's disk is full");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await alice.HeardAsync());
        Assert.Equal(["> before"], await alice.TextsAsync());

        alice.Disk.IsFull = false;
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["while Alice's disk is full"], await alice.HeardAsync());
        _ = await alice.SayAsync("after");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["before", "after"], await bob.HeardAsync());

        bob.Disk.IsFull = true;
        _ = await alice.SayAsync("while Bob's disk is full");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        await bob.CrashAsync();
        bob.Disk.IsFull = false;
        await bob.OpenAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["before", "after", "while Bob's disk is full"], await bob.HeardAsync());
    }

    private static async Task KillAtEveryWriteAsync(int offset, bool killsOwner)
    {
        for (var step = offset; ; step += Stride)
        {
            await using var world = new World((ulong)(1_000 + step));
            var run = new CrashRun(world, step, killsOwner);
            await run.PlayAsync();
            if (!run.WasKilled)
                return;
        }
    }
}
