using Secrets.Client.Views;
using Secrets.Store;

namespace Secrets.Scenarios.Tests;

/// <summary>Power failures while something is made: it is there whole, or it can be made anew.</summary>
public sealed class MakingTests
{
    [Fact]
    public async Task An_identity_whose_making_is_cut_off_at_any_write_is_whole_or_made_anew()
    {
        var unfinished = 0;
        for (var step = 1; ; step++)
        {
            await using var world = new World((ulong)(2_000 + step));
            var alice = world.Add("Alice");
            alice.Disk.KillAt = step;
            try
            {
                await alice.CreateAsync();
                Assert.True(unfinished > 0);
                return;
            }
            catch (StoreException) when (alice.Disk.IsDead)
            {
                await alice.CrashAsync();
            }
            try
            {
                await alice.OpenAsync();
            }
            catch (StoreException failure)
            {
                Assert.True(failure.Code == StoreError.NotFound, $"killed at {step}: {failure.Code}");
                unfinished++;
                await alice.CreateAsync(world.Relays[0]);
            }
            Assert.Equal("Alice", (await alice.Client.GetIdentityAsync(CancellationToken.None)).Name);
            await alice.RestartAsync();
            Assert.Equal("Alice", (await alice.Client.GetIdentityAsync(CancellationToken.None)).Name);
            // what is whole is not made over
            await alice.CloseAsync();
            Assert.Equal(StoreError.AlreadyExists, (await Assert.ThrowsAsync<StoreException>(() => alice.CreateAsync())).Code);
            await alice.OpenAsync();
        }
    }

    [Fact]
    public async Task A_chat_whose_making_is_cut_off_at_any_write_is_whole_or_not_there()
    {
        for (var step = 1; ; step++)
        {
            await using var world = new World((ulong)(2_100 + step));
            var alice = world.Add("Alice");
            var bob = world.Add("Bob");
            await alice.CreateAsync(world.Relays[0]);
            await bob.CreateAsync(world.Relays[0]);
            alice.Disk.KillAt = alice.Disk.Steps + step;
            try
            {
                _ = await alice.CreateChatAsync();
                await world.RunAsync(TimeSpan.FromSeconds(10));
            }
            catch (StoreException) when (alice.Disk.IsDead)
            {
                // while it was made; else while it was brought to the relay
            }
            var wasKilled = alice.Disk.IsDead;
            if (wasKilled)
                await alice.CrashAndOpenAsync();
            alice.Disk.KillAt = 0;
            if ((await alice.Client.GetChatsAsync(CancellationToken.None)).Count == 0)
                _ = await alice.CreateChatAsync();
            await world.RunAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(ChatStage.WaitingForGuest, (await alice.ChatAsync()).Stage);
            _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
            _ = await bob.SayAsync("hello");
            await world.RunAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(["hello"], await alice.HeardAsync());
            if (!wasKilled)
                return;
        }
    }
}
