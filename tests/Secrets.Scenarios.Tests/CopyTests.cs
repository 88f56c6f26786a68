using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

public sealed class CopyTests
{
    [Fact]
    public async Task A_backup_restored_after_ten_more_messages_brings_the_chat_back_on_a_new_device()
    {
        // decision 4; E-20: no key and no index is used twice, which the world holds over all boxes ever written
        await using var world = new World(51);
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("before");
        _ = await bob.SayAsync("also before");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var number = (await alice.ChatAsync()).SafetyNumber;
        var file = await alice.ExportAsync(move: false);
        for (var i = 0; i < 10; i++)
        {
            _ = await (i % 2 == 0 ? alice : bob).SayAsync($"more {i}");
            await world.RunAsync(TimeSpan.FromMinutes(1));
        }
        await alice.CrashAsync();
        await alice.ImportAsync(file);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
        Assert.Contains(ChatNotice.YouReturned, await alice.NoticesAsync());
        Assert.Contains(ChatNotice.TheyReturned, await bob.NoticesAsync());
        Assert.Equal(number, (await alice.ChatAsync()).SafetyNumber);
        Assert.Equal(number, (await bob.ChatAsync()).SafetyNumber);
        _ = await alice.SayAsync("I am back");
        _ = await bob.SayAsync("welcome");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("I am back", (await bob.HeardAsync())[^1]);
        Assert.Equal("welcome", (await alice.HeardAsync())[^1]);
        await AssertNoDoublesAsync(alice, bob);
    }

    [Fact]
    public async Task Either_side_can_come_back_and_each_can_do_it_again()
    {
        await using var world = new World(52);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        foreach (var (person, other, round) in new[] { (alice, bob, 1), (bob, alice, 2), (alice, bob, 3), (alice, bob, 4) })
        {
            var file = await person.ExportAsync(move: false);
            _ = await person.SayAsync($"after the backup {round}");
            await world.RunAsync(TimeSpan.FromMinutes(2));
            await person.CrashAsync();
            await person.ImportAsync(file);
            await world.RunAsync(TimeSpan.FromMinutes(5));
            Assert.Equal((round, ChatStage.Open), (round, (await person.ChatAsync()).Stage));
            _ = await person.SayAsync($"back {round}");
            _ = await other.SayAsync($"seen {round}");
            await world.RunAsync(TimeSpan.FromMinutes(30));
            Assert.Equal($"back {round}", (await other.HeardAsync())[^1]);
            Assert.Equal($"seen {round}", (await person.HeardAsync())[^1]);
        }
        await AssertNoDoublesAsync(alice, bob);
    }

    [Fact]
    public async Task Who_comes_back_reaches_the_other_who_was_offline_meanwhile()
    {
        await using var world = new World(53);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var file = await alice.ExportAsync(move: false);
        await bob.CloseAsync();
        _ = await alice.SayAsync("from the old device");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await alice.CrashAsync();
        await alice.ImportAsync(file);
        _ = await alice.SayAsync("from the new device");
        await world.RunAsync(TimeSpan.FromDays(1));
        await bob.OpenAsync();
        _ = await bob.SayAsync("hello again");
        await world.RunAsync(TimeSpan.FromMinutes(10));
        var heard = await bob.HeardAsync();
        Assert.Contains("from the new device", heard);
        Assert.Equal(heard.Distinct(), heard);
        Assert.Contains("hello again", await alice.HeardAsync());
    }

    [Fact]
    public async Task A_source_that_goes_on_after_its_backup_was_imported_learns_it_and_stops()
    {
        // decisions 4 and 14; the other side hands on the link that revokes it
        await using var world = new World(57) { HasRivals = true };
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var file = await alice.ExportAsync(move: false);
        var again = world.Add("Alice");
        await again.ImportAsync(file);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        _ = await again.SayAsync("on my new device");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ChatStage.Stopped, (await alice.ChatAsync()).Stage);
        Assert.Contains(ChatNotice.CopyInUse, await alice.NoticesAsync());
        var refusal = await Assert.ThrowsAsync<Secrets.Client.ClientException>(() => alice.SayAsync("on the old one"));
        Assert.Equal(Secrets.Client.ClientError.CopyInUse, refusal.Code);
        Assert.Equal(["on my new device"], await bob.HeardAsync());
        // what was said in parting is gone from the other side once it is at the relay, and nothing is lost by a restart there
        await bob.RestartAsync();
        await world.RunAsync(TimeSpan.FromDays(1));
        _ = await bob.SayAsync("welcome");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["welcome"], await again.HeardAsync());
        Assert.Empty(await alice.HeardAsync());
        await AssertNoDoublesAsync(again, bob);
    }

    [Fact]
    public async Task A_source_that_was_offline_when_its_backup_was_imported_learns_it_before_it_says_anything()
    {
        await using var world = new World(58) { HasRivals = true };
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var file = await alice.ExportAsync(move: false);
        await alice.CloseAsync();
        var again = world.Add("Alice");
        await again.ImportAsync(file);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        await again.CloseAsync();
        await world.RunAsync(TimeSpan.FromDays(7));
        await alice.OpenAsync();
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ChatStage.Stopped, (await alice.ChatAsync()).Stage);
        Assert.Contains(ChatNotice.CopyInUse, await alice.NoticesAsync());
        Assert.Empty(await bob.HeardAsync());
    }

    [Fact]
    public async Task One_backup_that_is_imported_a_second_time_has_no_way_back_and_says_so()
    {
        // the way back was used by the first import
        await using var world = new World(60) { HasRivals = true };
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var file = await alice.ExportAsync(move: false);
        await alice.CrashAsync();
        await alice.ImportAsync(file);
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
        await alice.CrashAsync();
        await alice.ImportAsync(file);
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(ChatStage.NeedsNewSecret, (await alice.ChatAsync()).Stage);

        var secret = await alice.SecretAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        var joined = await bob.Client.JoinChatAsync(secret, "Alice again", direct: true, allowOtherRelays: false, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
        Assert.Equal(ChatStage.Open, Assert.Single(await bob.Client.GetChatsAsync(CancellationToken.None), c => c.Id == joined.Id).Stage);
    }

    [Fact]
    public async Task Moving_retires_the_source_before_the_file_is_offered()
    {
        // decision 4
        await using var world = new World(54);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var file = await alice.ExportAsync(move: true);
        _ = await Assert.ThrowsAnyAsync<Exception>(() => alice.SayAsync("from the source"));
        var source = alice.Disk;
        await alice.CloseAsync();
        _ = await Assert.ThrowsAsync<Store.StoreException>(() => alice.OpenAsync());
        await alice.ImportAsync(file);
        Assert.NotSame(source, alice.Disk);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        _ = await alice.SayAsync("moved");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["moved"], await bob.HeardAsync());
    }

    [Fact]
    public async Task An_old_copy_of_the_disk_that_goes_on_writing_is_detected_on_both_sides()
    {
        // decision 14; E-20, E-34
        await using var world = new World(55) { HasRivals = true };
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        await alice.CloseAsync();
        var clone = world.Add("Alice");
        clone.Disk = alice.Disk.Clone();
        await alice.OpenAsync();
        _ = await alice.SayAsync("the one");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await alice.CloseAsync();
        await clone.OpenAsync();
        _ = await clone.SayAsync("the other");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ChatStage.Stopped, (await clone.ChatAsync()).Stage);
        Assert.Contains(ChatNotice.CopyInUse, await clone.NoticesAsync());
        var refusal = await Assert.ThrowsAsync<Secrets.Client.ClientException>(() => clone.SayAsync("more"));
        Assert.Equal(Secrets.Client.ClientError.CopyInUse, refusal.Code);
        Assert.Equal(["the one"], await bob.HeardAsync());
    }

    [Fact]
    public async Task An_old_state_put_back_is_seen_by_the_other_side()
    {
        // decision 14: what comes next is not from the state in which the last message left it
        await using var world = new World(56) { HasRivals = true };
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        await alice.RestartAsync();
        await alice.RestartAsync();
        await alice.CloseAsync();
        var clone = world.Add("Alice");
        clone.Disk = alice.Disk.Clone();
        for (var i = 0; i < 3; i++)
            await alice.RestartOrOpenAsync();
        var before = world.Relays[0].Boxes.Keys.ToHashSet();
        _ = await alice.SayAsync("with a high generation");
        var written = world.Relays[0].Boxes.Keys.Except(before).ToArray();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await alice.CloseAsync();
        // the relay has lost what would have stopped the copy at once
        foreach (var address in written)
            world.Relays[0].Forget(address);
        await clone.OpenAsync();
        _ = await clone.SayAsync("lower, same index");
        _ = await clone.SayAsync("lower, next index");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(ChatNotice.TheirStateWentBack, await bob.NoticesAsync());
    }

    private static async Task AssertNoDoublesAsync(Person alice, Person bob)
    {
        foreach (var person in new[] { alice, bob })
        {
            var texts = await person.TextsAsync();
            Assert.Equal(texts.Distinct(), texts);
        }
    }
}
