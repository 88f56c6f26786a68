using Secrets.Client;
using Secrets.Client.Views;
using Secrets.Store;

namespace Secrets.Scenarios.Tests;

/// <summary>What becomes of answers, secrets and copies when things don't end as meant.</summary>
public sealed class FateTests
{
    [Theory]
    [InlineData(301UL, 1)]
    [InlineData(302UL, 2)]
    public async Task A_guest_who_came_second_learns_that_the_secret_is_no_longer_good(ulong seed, int relays)
    {
        // decision 2: who answers first is the guest; the owner confirms before it deletes
        await using var world = new World(seed, relays) { HasRivals = true };
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        var carol = world.Add("Carol");
        foreach (var person in world.People)
            await person.CreateAsync([.. world.Relays]);
        _ = await alice.CreateChatAsync();
        var secret = await alice.SecretAsync();
        await world.RunAsync(TimeSpan.FromMinutes(1));
        alice.GoOffline();
        _ = await bob.JoinAsync(secret, "Alice");
        _ = await carol.JoinAsync(secret, "Alice");
        _ = await carol.SayAsync("is it you?");
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal((ChatStage.Joined, ChatStage.Joined), ((await bob.ChatAsync()).Stage, (await carol.ChatAsync()).Stage));
        alice.GoOnline();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal((ChatStage.Open, ChatStage.SecretFailed), ((await bob.ChatAsync()).Stage, (await carol.ChatAsync()).Stage));
        var refused = await Assert.ThrowsAsync<ClientException>(() => carol.SayAsync("hello?"));
        Assert.Equal(ClientError.NobodyThere, refused.Code);
        await carol.RestartAsync();
        Assert.Equal(ChatStage.SecretFailed, (await carol.ChatAsync()).Stage);
    }

    [Fact]
    public async Task A_secret_that_nobody_used_makes_room_for_a_new_one()
    {
        await using var world = new World(303);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync([.. world.Relays]);
        _ = await alice.CreateChatAsync();
        var old = await alice.SecretAsync();
        await world.RunAsync(TimeSpan.FromDays(16));
        var secret = await alice.SecretAsync();
        Assert.NotEqual(old, secret);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await bob.JoinAsync(secret, "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
    }

    [Fact]
    public async Task Nobody_connects_to_a_relay_because_another_person_names_it()
    {
        // decision 11: a relay that the other side runs would see the network address
        await using var world = new World(304, relays: 2);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync(world.Relays[0]);
        _ = await alice.CreateChatAsync();
        _ = await bob.JoinAsync(await alice.SecretAsync(), "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await alice.SayAsync("one");
        _ = await bob.SayAsync("two");
        await world.RunAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(["one"], await bob.HeardAsync());
        Assert.Equal(["two"], await alice.HeardAsync());
        Assert.DoesNotContain(world.Relays[1].Links, l => l.Person == bob);
    }

    [Fact]
    public async Task An_import_that_is_cut_off_at_any_write_goes_on_at_the_next_opening()
    {
        // decision 4: neither the old backup root nor the new one may be lost in between
        var wasCut = true;
        for (var kill = 1; wasCut; kill += 2)
        {
            await using var world = new World(400 + (ulong)kill);
            var (alice, bob) = await world.MeetAsync();
            var file = await alice.ExportAsync(move: true);
            await alice.CloseAsync();
            wasCut = await ImportCutAsync(alice, file, kill);
            await world.RunAsync(TimeSpan.FromMinutes(5));
            _ = await alice.SayAsync("back");
            await world.RunAsync(TimeSpan.FromMinutes(30));
            Assert.Equal((kill, ChatStage.Open), (kill, (await alice.ChatAsync()).Stage));
            Assert.Equal(["back"], await bob.HeardAsync());
            // and once more: the root that the file holds is the one that the chain names
            file = await alice.ExportAsync(move: true);
            await alice.CloseAsync();
            await alice.ImportAsync(file);
            await world.RunAsync(TimeSpan.FromMinutes(5));
            _ = await alice.SayAsync("again");
            await world.RunAsync(TimeSpan.FromMinutes(5));
            Assert.Equal(["back", "again"], await bob.HeardAsync());
        }
    }

    private static async Task<bool> ImportCutAsync(Person person, byte[] file, int kill)
    {
        person.Disk = new SimulatedDisk { KillAt = kill };
        try
        {
            using var source = new MemoryStream(file);
            await using var client = await SecretsClient.ImportAsync(source, Person.Password, new DiskSession(person.Disk), Person.Password, person.Options, CancellationToken.None);
        }
        catch (Exception cut) when (cut is StoreException or IOException)
        {
            // the power went
        }
        var wasCut = person.Disk.IsDead;
        person.Disk.Restart(person.World.Random);
        try
        {
            await person.OpenAsync();
        }
        catch (StoreException) when (wasCut)
        {
            // there is no store yet
            await person.ImportAsync(file);
        }
        return wasCut;
    }
}
