using Secrets.Client;
using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

/// <summary>Both sides of a chat come back from copies: the private halves of both standing offers are gone (decision 4).</summary>
public sealed class BothReturnTests
{
    [Theory]
    [InlineData(161UL, true, 0)]
    [InlineData(162UL, false, 0)]
    [InlineData(163UL, true, 600)]
    public async Task Both_are_told_that_a_new_secret_is_needed_and_it_brings_the_chat_back(ulong seed, bool ownerMakesIt, int minutesApart)
    {
        await using var world = new World(seed);
        var (alice, bob) = await BothReturnAsync(world, minutesApart);
        Assert.Equal(ChatStage.NeedsNewSecret, (await alice.ChatAsync()).Stage);
        Assert.Equal(ChatStage.NeedsNewSecret, (await bob.ChatAsync()).Stage);
        Assert.Equal(ClientError.NobodyThere, (await Assert.ThrowsAsync<ClientException>(() => alice.SayAsync("hello?"))).Code);
        await alice.RestartAsync();
        await bob.RestartAsync();
        Assert.Equal(ChatStage.NeedsNewSecret, (await alice.ChatAsync()).Stage);
        Assert.Equal(ChatStage.NeedsNewSecret, (await bob.ChatAsync()).Stage);

        var (maker, guest) = ownerMakesIt ? (alice, bob) : (bob, alice);
        var secret = await maker.SecretAsync();
        Assert.Equal(ChatStage.WaitingForGuest, (await maker.ChatAsync()).Stage);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await guest.Client.AddSecretAsync((await guest.ChatAsync()).Id, secret, null, direct: false, allowOtherRelays: false, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        _ = await alice.SayAsync("back");
        _ = await bob.SayAsync("me too");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal((ChatStage.Open, Verification.NotVerified), ((await alice.ChatAsync()).Stage, (await alice.ChatAsync()).Verification));
        Assert.Equal((ChatStage.Open, Verification.NotVerified), ((await bob.ChatAsync()).Stage, (await bob.ChatAsync()).Verification));
        Assert.Equal((await alice.ChatAsync()).SafetyNumber, (await bob.ChatAsync()).SafetyNumber);
        Assert.Equal(["< from Bob", "< me too", "> back", "> from Alice"], (await alice.TextsAsync()).Order());
        Assert.Equal(["< back", "< from Alice", "> from Bob", "> me too"], (await bob.TextsAsync()).Order());

        // and the way back is there again
        var file = await alice.ExportAsync(move: false);
        await alice.CrashAsync();
        await alice.ImportAsync(file);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ChatStage.Open, (await alice.ChatAsync()).Stage);
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
    }

    [Fact]
    public async Task A_copy_from_before_the_other_side_came_back_is_told_that_it_needs_a_new_secret()
    {
        await using var world = new World(164);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var old = await alice.ExportAsync(move: false);
        var file = await bob.ExportAsync(move: false);
        await bob.CrashAsync();
        await bob.ImportAsync(file);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ChatStage.Open, (await bob.ChatAsync()).Stage);
        await alice.CrashAsync();
        await alice.ImportAsync(old);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ChatStage.NeedsNewSecret, (await alice.ChatAsync()).Stage);
    }

    private static async Task<(Person Alice, Person Bob)> BothReturnAsync(World world, int minutesApart)
    {
        var (alice, bob) = await world.MeetAsync();
        _ = await alice.SayAsync("from Alice");
        _ = await bob.SayAsync("from Bob");
        await world.RunAsync(TimeSpan.FromMinutes(30));
        var (fileOfAlice, fileOfBob) = (await alice.ExportAsync(move: false), await bob.ExportAsync(move: false));
        await alice.CrashAsync();
        await bob.CrashAsync();
        await alice.ImportAsync(fileOfAlice);
        Assert.Equal(ChatStage.Returning, (await alice.ChatAsync()).Stage);
        await world.RunAsync(TimeSpan.FromMinutes(minutesApart));
        await bob.ImportAsync(fileOfBob);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        return (alice, bob);
    }
}
