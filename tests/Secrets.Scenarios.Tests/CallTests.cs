using Secrets.Client;
using Secrets.Client.Views;
using Secrets.Protocol.Calls;

namespace Secrets.Scenarios.Tests;

/// <summary>Calls in a chat: their signals go through the relays as everything does.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task A_call_is_taken_stands_and_leaves_a_line_on_both_sides()
    {
        await using var world = new World(61);
        var (alice, bob) = await world.MeetAsync();
        using var hers = new MediaEngine(alice, 1);
        using var his = new MediaEngine(bob, 2);
        await ConnectAsync(world, alice, bob, hers, his);
        Assert.NotNull(hers.Last.Words);
        Assert.Equal(hers.Last.Words, his.Last.Words);
        Assert.Equal(4, hers.Last.Words!.Split(' ').Length);

        await bob.Client.SwitchCallAsync(CallSwitches.MicrophoneOff | CallSwitches.CameraOn, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromSeconds(70));
        await UntilAsync(world, () => hers.Last is { MicrophoneOff: true, CameraOn: true, ScreenShown: false });
        await alice.Client.EndCallAsync(CancellationToken.None);
        await UntilAsync(world, () => his.Calls is [.., { Phase: CallPhase.Ended, Reason: CallEndReason.HungUp }]);

        Assert.Null(await alice.Client.GetCallAsync(CancellationToken.None));
        Assert.Null(await bob.Client.GetCallAsync(CancellationToken.None));
        foreach (var person in (Person[])[alice, bob])
        {
            var line = (await person.LinesAsync())[^1];
            Assert.Equal(ChatNotice.CallEnded, line.Notice);
            Assert.InRange(int.Parse(line.Text, System.Globalization.CultureInfo.InvariantCulture), 60, 90);
        }
        // nothing that was signalled is a line
        Assert.Empty(await bob.HeardAsync());
    }

    [Fact]
    public async Task A_call_that_nobody_takes_is_missed()
    {
        await using var world = new World(62);
        var (alice, bob) = await world.MeetAsync();
        using var his = new MediaEngine(bob, 2);
        _ = await alice.Client.StartCallAsync((await alice.ChatAsync()).Id, CallMedia.Voice, straight: true, MediaEngine.Written(1), CancellationToken.None);
        await UntilAsync(world, () => his.Calls is [.., { Phase: CallPhase.Ringing }]);
        await world.RunAsync(TimeSpan.FromSeconds(50));
        await UntilAsync(world, () => his.Calls is [.., { Phase: CallPhase.Ended }]);
        Assert.Equal(ChatNotice.CallNotAnswered, (await alice.NoticesAsync())[^1]);
        Assert.Equal(ChatNotice.CallMissed, (await bob.NoticesAsync())[^1]);
    }

    [Fact]
    public async Task An_identity_that_is_closed_leaves_its_call()
    {
        await using var world = new World(66);
        var (alice, bob) = await world.MeetAsync();
        using var hers = new MediaEngine(alice, 1);
        using var his = new MediaEngine(bob, 2);
        await ConnectAsync(world, alice, bob, hers, his);

        await alice.CloseAsync();

        Assert.Equal(CallPhase.Ended, hers.Last.Phase);
        await UntilAsync(world, () => his.Last is { Phase: CallPhase.Ended, Reason: CallEndReason.HungUp });
        await alice.OpenAsync();
        Assert.Equal(ChatNotice.CallEnded, (await alice.NoticesAsync())[^1]);
    }

    [Fact]
    public async Task Who_calls_again_after_a_crash_rings_though_the_other_side_still_holds_the_call_of_before()
    {
        await using var world = new World(67);
        var (alice, bob) = await world.MeetAsync();
        var hers = new MediaEngine(alice, 1);
        using var his = new MediaEngine(bob, 2);
        await ConnectAsync(world, alice, bob, hers, his);
        hers.Dispose();
        await alice.CrashAsync();
        await alice.RestartOrOpenAsync();
        alice.GoOnline();

        using var again = new MediaEngine(alice, 3);
        _ = await alice.Client.StartCallAsync((await alice.ChatAsync()).Id, CallMedia.Voice, straight: false, again.Fingerprint, CancellationToken.None);
        await UntilAsync(world, () => his.Last.Phase == CallPhase.Ringing);

        Assert.Equal(ChatNotice.CallEnded, (await bob.NoticesAsync())[^1]);
        await bob.Client.AcceptCallAsync(straight: false, his.Fingerprint, CancellationToken.None);
        await UntilAsync(world, () => again.Taken is not null);
    }

    [Fact]
    public async Task Who_was_offline_finds_a_missed_call_and_nothing_rings()
    {
        await using var world = new World(63);
        var (alice, bob) = await world.MeetAsync();
        bob.GoOffline();
        _ = await alice.Client.StartCallAsync((await alice.ChatAsync()).Id, CallMedia.Video, straight: false, MediaEngine.Written(1), CancellationToken.None);
        await world.RunAsync(TimeSpan.FromMinutes(5));
        using var his = new MediaEngine(bob, 2);
        bob.GoOnline();
        await world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(his.Calls);
        Assert.Single(await bob.NoticesAsync(), ChatNotice.CallMissed);
    }

    [Fact]
    public async Task A_declined_call_and_a_busy_line_are_told()
    {
        await using var world = new World(64);
        var (alice, bob) = await world.MeetAsync();
        using var his = new MediaEngine(bob, 2);
        _ = await alice.Client.StartCallAsync((await alice.ChatAsync()).Id, CallMedia.Voice, straight: false, MediaEngine.Written(1), CancellationToken.None);
        await world.RunAsync(TimeSpan.FromSeconds(10));
        await bob.Client.EndCallAsync(CancellationToken.None);
        await world.RunAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(ChatNotice.CallDeclined, (await alice.NoticesAsync())[^1]);

        // somebody else is on the line
        var carol = world.Add("Carol");
        await carol.CreateAsync([.. world.Relays]);
        var chat = await bob.Client.CreateChatAsync("Carol", TimeSpan.FromDays(7), CancellationToken.None);
        _ = await carol.JoinAsync((await bob.Client.GetSecretAsync(chat.Id, TimeSpan.FromDays(7), renew: false, CancellationToken.None)).Text, "Bob");
        await world.RunAsync(TimeSpan.FromMinutes(1));
        _ = await bob.Client.StartCallAsync(chat.Id, CallMedia.Voice, straight: false, MediaEngine.Written(2), CancellationToken.None);
        _ = await alice.Client.StartCallAsync((await alice.ChatAsync()).Id, CallMedia.Voice, straight: false, MediaEngine.Written(1), CancellationToken.None);
        await world.RunAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(ChatNotice.CallBusy, (await alice.NoticesAsync())[^1]);
        Assert.Equal(chat.Id, (await bob.Client.GetCallAsync(CancellationToken.None))!.Chat);
    }

    [Fact]
    public async Task Two_that_call_each_other_at_once_are_in_one_call()
    {
        await using var world = new World(65);
        var (alice, bob) = await world.MeetAsync();
        using var hers = new MediaEngine(alice, 1);
        using var his = new MediaEngine(bob, 2);
        _ = await alice.Client.StartCallAsync((await alice.ChatAsync()).Id, CallMedia.Voice, straight: false, hers.Fingerprint, CancellationToken.None);
        _ = await bob.Client.StartCallAsync((await bob.ChatAsync()).Id, CallMedia.Voice, straight: false, his.Fingerprint, CancellationToken.None);
        await UntilAsync(world, () => hers.Calls.Concat(his.Calls).Any(static call => call is { Phase: CallPhase.Ringing, Wanted: true }));
        var (wanting, person) = hers.Last.Wanted ? (hers, alice) : (his, bob);
        Assert.Equal((CallPhase.Ringing, true), (wanting.Last.Phase, wanting.Last.Wanted));
        await person.Client.AcceptCallAsync(straight: false, wanting.Fingerprint, CancellationToken.None);
        await UntilAsync(world, () => hers.Last.Words is not null && his.Last.Words is not null);
        Assert.Equal(hers.Last.Id, his.Last.Id);
        Assert.NotNull(hers.Last.Words);
        Assert.Equal(hers.Last.Words, his.Last.Words);
    }

    [Fact]
    public async Task Another_certificate_at_the_other_end_ends_the_call_and_says_so_on_both_sides()
    {
        await using var world = new World(66);
        var (alice, bob) = await world.MeetAsync();
        using var hers = new MediaEngine(alice, 1);
        using var his = new MediaEngine(bob, 2);
        await ConnectAsync(world, alice, bob, hers, his, connect: false);
        var refusal = await Assert.ThrowsAsync<ClientException>(() => alice.Client.ConnectCallAsync(MediaEngine.Written(9), CancellationToken.None).AsTask());
        Assert.Equal(ClientError.WrongCertificate, refusal.Code);
        await world.RunAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(ChatNotice.CallWrongCertificate, (await alice.NoticesAsync())[^1]);
        Assert.Equal(ChatNotice.CallWrongCertificate, (await bob.NoticesAsync())[^1]);
    }

    [Fact]
    public async Task A_media_engine_that_describes_another_certificate_than_it_made_sends_nothing()
    {
        await using var world = new World(67);
        var (alice, bob) = await world.MeetAsync();
        using var hers = new MediaEngine(alice, 1) { Shown = 7 };
        using var his = new MediaEngine(bob, 2);
        _ = await alice.Client.StartCallAsync((await alice.ChatAsync()).Id, CallMedia.Voice, straight: false, hers.Fingerprint, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromSeconds(10));
        await bob.Client.AcceptCallAsync(straight: false, his.Fingerprint, CancellationToken.None);
        await world.RunAsync(TimeSpan.FromSeconds(10));
        Assert.Null(his.Taken);
        await world.RunAsync(TimeSpan.FromSeconds(25));
        await UntilAsync(world, () => his.Calls is [.., { Phase: CallPhase.Ended }]);
    }

    [Fact]
    public async Task A_chat_that_is_left_has_no_call()
    {
        await using var world = new World(68);
        var (alice, bob) = await world.MeetAsync();
        using var hers = new MediaEngine(alice, 1);
        using var his = new MediaEngine(bob, 2);
        await ConnectAsync(world, alice, bob, hers, his);
        await alice.Client.LeaveChatAsync((await alice.ChatAsync()).Id, CancellationToken.None);
        await UntilAsync(world, () => his.Calls is [.., { Phase: CallPhase.Ended }]);
        Assert.Null(await alice.Client.GetCallAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"urls":["turn:relay.example:3478?transport=udp"],"username":"1:ab","credential":"c2VjcmV0","seconds":43200}""", 1)]
    [InlineData("""{"urls":["https://elsewhere.example"],"username":"1:ab","credential":"c2VjcmV0","seconds":43200}""", 0)]
    [InlineData("""{"urls":[],"username":"1:ab","credential":"c2VjcmV0","seconds":43200}""", 0)]
    [InlineData("""{"urls":["turn:a"],"username":"1 b","credential":"c2VjcmV0","seconds":43200}""", 0)]
    [InlineData("null", 0)]
    [InlineData("[", 0)]
    public async Task What_a_relay_says_of_its_turn_server_is_used_only_if_it_can_be_one(string said, int expected)
    {
        await using var world = new World(69);
        var (alice, _) = await world.MeetAsync();
        world.Relays[0].Turn = System.Text.Encoding.UTF8.GetBytes(said);
        Assert.Equal(expected, (await alice.Client.GetTurnAsync(CancellationToken.None)).Count);
    }

    private static async Task ConnectAsync(World world, Person caller, Person called, MediaEngine ofCaller, MediaEngine ofCalled, bool connect = true)
    {
        _ = await caller.Client.StartCallAsync((await caller.ChatAsync()).Id, CallMedia.Voice, straight: false, ofCaller.Fingerprint, CancellationToken.None);
        await UntilAsync(world, () => ofCalled.Calls is [.., { Phase: CallPhase.Ringing }]);
        await called.Client.AcceptCallAsync(straight: false, ofCalled.Fingerprint, CancellationToken.None);
        await UntilAsync(world, () => ofCaller.Taken is not null && ofCalled.Taken is not null);
        Assert.Equal((ofCalled.Fingerprint, ofCaller.Fingerprint), (ofCaller.Taken, ofCalled.Taken));
        if (!connect)
            return;
        await caller.Client.ConnectCallAsync(ofCalled.Fingerprint, CancellationToken.None);
        await called.Client.ConnectCallAsync(ofCaller.Fingerprint, CancellationToken.None);
        await UntilAsync(world, () => ofCaller.Last.Phase == CallPhase.Connected && ofCalled.Last.Phase == CallPhase.Connected);
    }

    /// <summary>The world's clock stands still while a media engine works: it goes on in small steps until that is done.</summary>
    private static async Task UntilAsync(World world, Func<bool> isSo)
    {
        for (var i = 0; i < 400 && !isSo(); i++)
        {
            await world.RunAsync(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
        Assert.True(isSo());
    }
}
