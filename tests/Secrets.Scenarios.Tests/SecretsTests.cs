using Secrets.Client;
using Secrets.Client.Views;

namespace Secrets.Scenarios.Tests;

public sealed class SecretsTests
{
    [Theory]
    [InlineData(31UL, true)]
    [InlineData(32UL, false)]
    [InlineData(33UL, true)]
    [InlineData(34UL, false)]
    public async Task Both_made_a_secret_and_enter_the_others(ulong seed, bool ownerFirst)
    {
        // decision 12, in either order
        await using var world = new World(seed);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await BothMakeAsync(world, alice, bob);
        var (first, second) = ownerFirst ? (alice, bob) : (bob, alice);
        await AddAsync(first, second, direct: false);
        await world.RunAsync(TimeSpan.FromMinutes(2));
        _ = await first.SayAsync("one");
        await world.RunAsync(TimeSpan.FromMinutes(2));
        await AddAsync(second, first, direct: false);
        _ = await second.SayAsync("two");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        await AssertBothSecretsAsync(alice, bob, Verification.BothSecretsExchanged);
        Assert.Equal(["one"], await second.HeardAsync());
        Assert.Equal(["two"], await first.HeardAsync());
    }

    [Theory]
    [InlineData(35UL)]
    [InlineData(36UL)]
    [InlineData(37UL)]
    public async Task Both_enter_the_others_secret_at_the_same_time(ulong seed)
    {
        await using var world = new World(seed);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await BothMakeAsync(world, alice, bob);
        var (fromAlice, fromBob) = (await alice.SecretAsync(), await bob.SecretAsync());
        await Task.WhenAll(
            alice.Client.AddSecretAsync((await alice.ChatAsync()).Id, fromBob, "Bob", direct: true, allowOtherRelays: false, CancellationToken.None).AsTask(),
            bob.Client.AddSecretAsync((await bob.ChatAsync()).Id, fromAlice, "Alice", direct: true, allowOtherRelays: false, CancellationToken.None).AsTask());
        _ = await alice.SayAsync("a");
        _ = await bob.SayAsync("b");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        await AssertBothSecretsAsync(alice, bob, Verification.Verified);
        Assert.Equal(["b"], await alice.HeardAsync());
        Assert.Equal(["a"], await bob.HeardAsync());
        await world.RunAsync(TimeSpan.FromDays(9));
        _ = await alice.SayAsync("after the losing session is gone");
        _ = await bob.SayAsync("indeed");
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["a", "after the losing session is gone"], await bob.HeardAsync());
        Assert.Equal(["b", "indeed"], await alice.HeardAsync());
    }

    [Fact]
    public async Task Verified_is_only_the_side_that_says_it_got_the_secret_directly()
    {
        await using var world = new World(38);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await BothMakeAsync(world, alice, bob);
        await AddAsync(alice, bob, direct: true);
        await world.RunAsync(TimeSpan.FromMinutes(2));
        await AddAsync(bob, alice, direct: false);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(Verification.Verified, (await alice.ChatAsync()).Verification);
        Assert.Equal(Verification.BothSecretsExchanged, (await bob.ChatAsync()).Verification);
        // said later
        await AddAsync(bob, alice, direct: true);
        Assert.Equal(Verification.Verified, (await bob.ChatAsync()).Verification);
    }

    [Fact]
    public async Task The_safety_number_is_the_same_on_both_sides_and_stays()
    {
        await using var world = new World(39);
        var (alice, bob) = await world.MeetAsync();
        var number = (await alice.ChatAsync()).SafetyNumber;
        Assert.NotNull(number);
        Assert.Equal(60, number.Count(char.IsAsciiDigit));
        Assert.Equal(12, number.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(number, (await bob.ChatAsync()).SafetyNumber);
        await alice.RestartAsync();
        Assert.Equal(number, (await alice.ChatAsync()).SafetyNumber);
        var chat = (await alice.ChatAsync()).Id;
        await RefusedAsync(ClientError.NumberDiffers, alice.Client.VerifyAsync(chat, new string('1', 60), CancellationToken.None));
        await alice.Client.VerifyAsync(chat, number, CancellationToken.None);
        Assert.Equal(Verification.Verified, (await alice.ChatAsync()).Verification);
        Assert.Equal(Verification.NotVerified, (await bob.ChatAsync()).Verification);
    }

    [Fact]
    public async Task A_secret_that_two_people_answer_is_shown_to_the_owner_and_to_the_second()
    {
        // decision 2 (iii)
        await using var world = new World(40) { HasRivals = true };
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        var mallory = world.Add("Mallory");
        foreach (var person in world.People)
            await person.CreateAsync(world.Relays[0]);
        _ = await alice.CreateChatAsync();
        var secret = await alice.SecretAsync();
        await alice.CloseAsync();
        _ = await mallory.JoinAsync(secret, "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await bob.JoinAsync(secret, "Alice");
        Assert.Contains(ChatNotice.SecretAnsweredBefore, await bob.NoticesAsync());
        await alice.OpenAsync();
        await world.RunAsync(TimeSpan.FromMinutes(2));
        var chat = await alice.ChatAsync();
        Assert.True(chat.SecretInSeveralHands);
        Assert.Contains(ChatNotice.SecretInSeveralHands, await alice.NoticesAsync());
        Assert.Equal("Mallory", chat.TheirName);
        Assert.NotEqual(ChatStage.Open, (await bob.ChatAsync()).Stage);
    }

    [Fact]
    public async Task Used_expired_and_unknown_secrets_are_refused_alike()
    {
        // decision 2; E-46
        await using var world = new World(42);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        var carol = world.Add("Carol");
        foreach (var person in world.People)
            await person.CreateAsync(world.Relays[0]);
        var first = await alice.CreateChatAsync("used");
        var used = (await alice.Client.GetSecretAsync(first.Id, TimeSpan.FromDays(14), false, CancellationToken.None)).Text;
        var second = await alice.CreateChatAsync("expired");
        var expired = (await alice.Client.GetSecretAsync(second.Id, TimeSpan.FromDays(14), false, CancellationToken.None)).Text;
        _ = await bob.JoinAsync(used, "Alice");
        await world.RunAsync(TimeSpan.FromMinutes(2));
        await RefusedAsync(ClientError.SecretNoLongerGood, carol.JoinAsync(used, "Alice"));
        await world.RunAsync(TimeSpan.FromDays(15));
        await RefusedAsync(ClientError.SecretNoLongerGood, carol.JoinAsync(expired, "Alice"));
        var unknown = world.Add("Dave");
        await unknown.CreateAsync(world.Relays[0]);
        unknown.GoOffline();
        _ = await unknown.CreateChatAsync();
        var never = await unknown.SecretAsync();
        await RefusedAsync(ClientError.SecretNoLongerGood, carol.JoinAsync(never, "Dave"));
        Assert.Empty(await carol.Client.GetChatsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Own_mistyped_and_repeated_secrets_are_refused_each_with_its_reason()
    {
        await using var world = new World(43);
        var alice = world.Add("Alice");
        var bob = world.Add("Bob");
        await alice.CreateAsync(world.Relays[0]);
        await bob.CreateAsync(world.Relays[0]);
        _ = await alice.CreateChatAsync();
        var secret = await alice.SecretAsync();
        await RefusedAsync(ClientError.SecretIsOwn, alice.JoinAsync(secret, "me"));
        var typo = secret[..^1] + (secret[^1] == 'q' ? 'p' : 'q');
        await RefusedAsync(ClientError.SecretMistyped, bob.JoinAsync(typo, "Alice"));
        await RefusedAsync(ClientError.SecretMistyped, bob.JoinAsync("hello", "Alice"));
        Assert.Empty(await bob.Client.GetChatsAsync(CancellationToken.None));
        _ = await bob.JoinAsync(secret, "Alice");
        await RefusedAsync(ClientError.SecretAlreadyEntered, bob.JoinAsync(secret, "Alice"));
        _ = await Assert.ThrowsAsync<ClientException>(() => bob.JoinAsync(secret, ""));
    }

    private static async Task BothMakeAsync(World world, Person alice, Person bob)
    {
        await alice.CreateAsync([.. world.Relays]);
        await bob.CreateAsync([.. world.Relays]);
        _ = await alice.CreateChatAsync("with Bob");
        _ = await bob.CreateChatAsync("with Alice");
        // handed over on paper: the program forgets a secret once it was used
        alice.HandedOver = await alice.SecretAsync();
        bob.HandedOver = await bob.SecretAsync();
    }

    private static async Task AddAsync(Person enters, Person others, bool direct)
    {
        var chat = (await enters.ChatAsync()).Id;
        await enters.Client.AddSecretAsync(chat, others.HandedOver!, null, direct, allowOtherRelays: false, CancellationToken.None);
        await enters.World.SettleAsync();
    }

    private static async Task AssertBothSecretsAsync(Person alice, Person bob, Verification level)
    {
        foreach (var person in new[] { alice, bob })
        {
            var chat = await person.ChatAsync();
            Assert.Equal((ChatStage.Open, level, false), (chat.Stage, chat.Verification, chat.SecretInSeveralHands));
        }
        Assert.Equal((await alice.ChatAsync()).SafetyNumber, (await bob.ChatAsync()).SafetyNumber);
    }

    private static async Task RefusedAsync<T>(ClientError code, ValueTask<T> command) => await RefusedAsync(code, command.AsTask());

    private static async Task RefusedAsync(ClientError code, ValueTask command) => await RefusedAsync(code, command.AsTask());

    private static async Task RefusedAsync(ClientError code, Task command) => Assert.Equal(code, (await Assert.ThrowsAsync<ClientException>(() => command)).Code);
}
