using Secrets.Crypto;
using Secrets.Relay.Limits;
using Secrets.Relay.Rooms;
using Secrets.Relay.Tests.Support;
using Secrets.Stack;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Tests.Rooms;

/// <summary>Rooms at a real relay, and what people try there.</summary>
public sealed class RoomTests : IDisposable
{
    private readonly Ed25519PrivateKey _joining = Ed25519PrivateKey.Generate(RandomSource.System);
    private readonly Ed25519PrivateKey _owner = Ed25519PrivateKey.Generate(RandomSource.System);

    [Fact]
    public async Task Who_guesses_the_address_or_carries_a_proof_elsewhere_finds_no_room()
    {
        await using var relay = await TestRelay.StartAsync();
        await using var alice = await RoomGuest.ConnectAsync(relay);
        Assert.Equal(RoomRefusal.None, await alice.OpenAsync(_joining, _owner));
        await using var bob = await RoomGuest.ConnectAsync(relay);
        Assert.Equal(RoomRefusal.None, await bob.EnterAsync(EntryKind.Join, _joining));
        await using var eve = await RoomGuest.ConnectAsync(relay);
        using var other = Ed25519PrivateKey.Generate(RandomSource.System);

        Assert.Equal(RoomRefusal.Malformed, await eve.EnterAsync(EntryKind.Join, other, badWork: 0));
        Assert.Equal(RoomRefusal.NoSuchRoom, await eve.EnterAsync(EntryKind.Join, other));
        Assert.Equal(RoomRefusal.NoSuchRoom, await eve.EnterAsync(EntryKind.Join, other, guessed: RoomAddress.FromKey(_joining.PublicKey)));
        // the work of another challenge is no work for this one, with 1 in 1,024 by chance
        Assert.True(await eve.EnterAsync(EntryKind.Join, _joining, instead: bob.Entry) is RoomRefusal.Malformed or RoomRefusal.NoSuchRoom);
    }

    [Fact]
    public async Task Somebody_who_is_not_the_owner_decides_nothing_and_is_put_out()
    {
        await using var relay = await TestRelay.StartAsync();
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var eve = await RoomGuest.ConnectAsync(relay);
        _ = await eve.EnterAsync(EntryKind.Join, _joining);
        Assert.Equal(StatementError.None, StatementChain.TryBegin(eve.Answer!.Statements, RoomAddress.FromKey(_joining.PublicKey), out var chain));

        await eve.SendAsync(RoomRequest.State(Statement.Next(chain!, StatementKind.Close, eve.Session)));

        Assert.Equal(RoomEnd.None, await eve.EndAsync());
        await alice.SayAsync("still here");
        Assert.Equal("still here", await alice.HearAsync());
    }

    [Fact]
    public async Task A_flood_of_one_is_slowed_and_the_others_are_heard()
    {
        var clock = new ManualClock();
        await using var relay = await TestRelay.StartAsync(options => options with { Clock = clock });
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var eve = await RoomGuest.ConnectAsync(relay);
        _ = await eve.EnterAsync(EntryKind.Join, _joining);

        for (var i = 0; i < 100; i++)
            await eve.SayAsync($"flood {i}");
        for (var i = 0; i < 40; i++)
            Assert.Equal($"flood {i}", await alice.HearAsync());
        await alice.SayAsync("a word");

        // no time has passed: of the flood nothing more came than its burst
        Assert.Equal("a word", await alice.HearAsync());
    }

    [Fact]
    public async Task A_flood_of_attempts_does_not_hold_up_those_inside()
    {
        await using var relay = await TestRelay.StartAsync();
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var bob = await RoomGuest.ConnectAsync(relay);
        _ = await bob.EnterAsync(EntryKind.Join, _joining);
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var eve = await RoomGuest.ConnectAsync(relay);
            using var wrong = Ed25519PrivateKey.Generate(RandomSource.System);
            var refused = 0;
            while (!stop.IsCancellationRequested)
            {
                Assert.NotEqual(RoomRefusal.None, await eve.EnterAsync(EntryKind.Join, wrong));
                refused++;
            }
            return refused;
        }).ToList();

        for (var i = 0; i < 30; i++)
        {
            await alice.SayAsync($"word {i}");
            Assert.Equal($"word {i}", await bob.HearAsync().WaitAsync(TimeSpan.FromSeconds(5)));
        }
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(flood), refused => Assert.True(refused > 0));
    }

    [Fact]
    public void Attempts_cost_more_the_more_there_are_and_are_forgotten_with_the_minute()
    {
        var clock = new ManualClock();
        var counter = new AttemptCounter(new RoomLimits { AttemptsPerNetwork = 60 }, clock);
        Assert.True(NetworkPrefix.TryGet(System.Net.IPAddress.Parse("203.0.113.7"), out var network));
        Assert.True(NetworkPrefix.TryGet(System.Net.IPAddress.Parse("198.51.100.7"), out var other));

        Assert.Equal(RoomChallenge.MinBits, counter.Begin(network));
        var bits = Enumerable.Range(0, 80).Select(_ => counter.Begin(network)).ToList();
        Assert.Equal(bits.Order(), bits);
        Assert.InRange(bits[^1], RoomChallenge.MinBits + 3, RoomChallenge.MaxBits);
        Assert.False(counter.MayEnter(network));
        Assert.True(counter.MayEnter(other));
        Assert.Equal(RoomChallenge.MinBits, counter.Begin(other));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RoomChallenge.MinBits, counter.Begin(network));
        Assert.True(counter.MayEnter(network));
    }

    [Fact]
    public async Task A_lost_owner_has_a_minute_and_then_all_is_gone()
    {
        var clock = new ManualClock();
        await using var relay = await TestRelay.StartAsync(options => options with { Clock = clock });
        var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var bob = await RoomGuest.ConnectAsync(relay);
        _ = await bob.EnterAsync(EntryKind.Join, _joining);
        await alice.DisposeAsync();
        await bob.PresenceAsync(alice.Id, Presence.Away);

        // back in time
        await PassAsync(clock, TimeSpan.FromSeconds(50), bob);
        var again = await RoomGuest.ConnectAsync(relay, alice.Session);
        Assert.Equal(RoomRefusal.None, await again.EnterAsync(EntryKind.Resume, _joining));
        await bob.PresenceAsync(alice.Id, Presence.Here);
        await PassAsync(clock, TimeSpan.FromSeconds(100), bob, again);
        Assert.Equal(1, relay.Host.Core.RoomCount);
        // and not
        await again.DisposeAsync();
        await bob.PresenceAsync(alice.Id, Presence.Away);
        await PassAsync(clock, TimeSpan.FromSeconds(50), bob);
        clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(RoomEnd.OwnerLost, await bob.EndAsync());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, relay.Host.Core.RoomCount);
    }

    [Fact]
    public async Task A_room_handed_over_lives_without_its_first_owner_and_a_silent_one_goes_after_a_day()
    {
        var clock = new ManualClock();
        // a day passes on the clock in one step: connections must not take that for silence
        await using var relay = await TestRelay.StartAsync(options => options with { Clock = clock, Limits = options.Limits with { IdleTimeout = Timeout.InfiniteTimeSpan } });
        var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var bob = await RoomGuest.ConnectAsync(relay);
        _ = await bob.EnterAsync(EntryKind.Join, _joining);
        using var bobs = Ed25519PrivateKey.Generate(RandomSource.System);
        _ = StatementChain.TryBegin(bob.Answer!.Statements, RoomAddress.FromKey(_joining.PublicKey), out var chain);
        await alice.SendAsync(RoomRequest.State(Statement.HandOver(chain!, bob.Id, bobs.PublicKey, _owner)));
        await alice.SayAsync("yours");
        Assert.Equal("yours", await bob.HearAsync());
        await alice.SendAsync(RoomRequest.Leave());
        await bob.PresenceAsync(alice.Id, Presence.Left);
        await alice.DisposeAsync();
        await PassAsync(clock, TimeSpan.FromMinutes(2), bob);
        await bob.SayAsync("mine");
        Assert.Equal("mine", await bob.HearAsync());

        clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(RoomEnd.Idle, await bob.EndAsync());
    }

    [Fact]
    public async Task A_session_that_gives_no_sign_of_life_counts_as_lost_and_one_that_does_stays()
    {
        var clock = new ManualClock();
        await using var relay = await TestRelay.StartAsync(options => options with { Clock = clock });
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var bob = await RoomGuest.ConnectAsync(relay);
        _ = await bob.EnterAsync(EntryKind.Join, _joining);
        await bob.SayAsync("here");
        Assert.Equal("here", await alice.HearAsync());

        await PassAsync(clock, TimeSpan.FromSeconds(50), alice);
        clock.Advance(TimeSpan.FromSeconds(11));

        await alice.PresenceAsync(bob.Id, Presence.Away);
    }

    [Fact]
    public async Task Who_comes_back_is_given_what_is_still_kept_and_nothing_twice()
    {
        await using var relay = await TestRelay.StartAsync();
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        var bob = await RoomGuest.ConnectAsync(relay);
        _ = await bob.EnterAsync(EntryKind.Join, _joining);
        var (instance, after) = (bob.Answer!.Instance, bob.Answer.Number);
        await bob.DisposeAsync();
        await alice.PresenceAsync(bob.Id, Presence.Away);
        await alice.SayAsync("for all");
        await alice.SayAsync("for Bob alone", bob.Id);

        await using var again = await RoomGuest.ConnectAsync(relay, bob.Session);
        Assert.Equal(RoomRefusal.None, await again.EnterAsync(EntryKind.Resume, _joining, instance, after));
        Assert.Equal("for all", await again.HearAsync());
        Assert.Equal("for Bob alone", await again.HearAsync());
        await using var other = await RoomGuest.ConnectAsync(relay, bob.Session);
        Assert.Equal(RoomRefusal.None, await other.EnterAsync(EntryKind.Resume, _joining, instance + 2, after));

        Assert.Equal(RoomEnd.Elsewhere, await again.EndAsync());
        await alice.SayAsync("now");
        Assert.Equal("now", await other.HearAsync());
    }

    [Fact]
    public async Task What_goes_to_one_pushes_out_nothing_that_goes_to_all_and_comes_in_its_place()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Rooms = options.Rooms with { KeptFrames = 8 } });
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var bob = await RoomGuest.ConnectAsync(relay);
        _ = await bob.EnterAsync(EntryKind.Join, _joining);
        await using var carol = await RoomGuest.ConnectAsync(relay);
        _ = await carol.EnterAsync(EntryKind.Join, _joining);
        var (instance, after) = (carol.Answer!.Instance, carol.Answer.Number);
        await carol.DisposeAsync();
        await alice.PresenceAsync(carol.Id, Presence.Away);

        await alice.SayAsync("first");
        await alice.SayAsync("to Carol", carol.Id);
        await alice.SayAsync("second");
        Assert.Equal("first", await bob.HearAsync());
        Assert.Equal("second", await bob.HearAsync());
        await using var again = await RoomGuest.ConnectAsync(relay, carol.Session);
        Assert.Equal(RoomRefusal.None, await again.EnterAsync(EntryKind.Resume, _joining, instance, after));
        Assert.Equal("first", await again.HearAsync());
        Assert.Equal("to Carol", await again.HearAsync());
        Assert.Equal("second", await again.HearAsync());
        (instance, after) = (again.Answer!.Instance, again.Answer.Number);
        await again.DisposeAsync();
        await alice.PresenceAsync(carol.Id, Presence.Away);
        await alice.SayAsync("third");
        for (var i = 0; i < 100; i++)
            await alice.SayAsync($"{i}", bob.Id);
        Assert.Equal("third", await bob.HearAsync());
        for (var i = 0; i < 100; i++)
            Assert.Equal($"{i}", await bob.HearAsync());

        await using var back = await RoomGuest.ConnectAsync(relay, carol.Session);
        Assert.Equal(RoomRefusal.None, await back.EnterAsync(EntryKind.Resume, _joining, instance, after));
        Assert.Equal("third", await back.HearAsync());
    }

    [Fact]
    public async Task Who_falls_behind_is_told_and_goes_on_where_the_relay_still_is()
    {
        var fast = new RateLimit(100_000, 100_000);
        await using var relay = await TestRelay.StartAsync(options => options with { Rooms = options.Rooms with { KeptFrames = 4, Session = fast, Room = fast } });
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var bob = await RoomGuest.ConnectAsync(relay);
        _ = await bob.EnterAsync(EntryKind.Join, _joining);
        var (instance, after) = (bob.Answer!.Instance, bob.Answer.Number);
        var page = new string('x', 60_000);
        for (var i = 0; i < 300; i++)
        {
            // Bob takes nothing, and what the lines hold is soon full
            await alice.SayAsync(page);
            Assert.Equal(page, await alice.HearAsync());
        }

        Assert.Equal(RoomEnd.Behind, await bob.EndAsync());
        Assert.Equal(RoomRefusal.None, await bob.EnterAsync(EntryKind.Resume, _joining, instance, after));
        Assert.Equal(bob.Answer.Number - 3, bob.Answer.Oldest);
        await alice.SayAsync("next");
        string? heard;
        do
            heard = await bob.HearAsync();
        while (heard == page);
        Assert.Equal("next", heard);
    }

    [Fact]
    public async Task Limits_hold_for_participants_rooms_of_a_connection_and_a_relay_without_rooms()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Rooms = options.Rooms with { MaxRoomsPerConnection = 2 } });
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner, participants: 2);
        await using var bob = await RoomGuest.ConnectAsync(relay);
        Assert.Equal(RoomRefusal.None, await bob.EnterAsync(EntryKind.Join, _joining));
        await using var carol = await RoomGuest.ConnectAsync(relay);
        Assert.Equal(RoomRefusal.Full, await carol.EnterAsync(EntryKind.Join, _joining));
        Assert.Equal(RoomRefusal.Taken, await carol.OpenAsync(_joining, _owner));
        using var second = Ed25519PrivateKey.Generate(RandomSource.System);
        Assert.Equal(RoomRefusal.None, await alice.OpenAsync(second, _owner));
        _ = await Assert.ThrowsAsync<RpcException>(async () => await alice.EnterAsync(EntryKind.Join, _joining));

        await using var without = await TestRelay.StartAsync(options => options with { Rooms = options.Rooms with { Enabled = false } });
        await using var dora = await RoomGuest.ConnectAsync(without);
        _ = await Assert.ThrowsAsync<RpcException>(async () => await dora.OpenAsync(_joining, _owner));
    }

    [Fact]
    public async Task Pieces_are_for_members_and_the_oldest_go_where_there_is_no_place()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Rooms = options.Rooms with { PieceBytes = 10_000 } });
        await using var alice = await RoomGuest.ConnectAsync(relay);
        _ = await alice.OpenAsync(_joining, _owner);
        await using var eve = await RoomGuest.ConnectAsync(relay);
        var address = RoomAddress.FromKey(_joining.PublicKey);
        var ids = Enumerable.Range(1, 3).Select(i => PieceId.TryRead([.. new byte[15], (byte)i], out var id) ? id : default).ToList();
        var stream = await alice.Peer.OpenDuplexAsync(RoomsNetwork.PiecesMethod);
        foreach (var id in ids)
            Assert.Equal(PieceStatus.Done, await AskAsync(stream, PieceRequest.Put(address, id, new byte[4_112])));

        Assert.Equal(PieceStatus.None, await AskAsync(stream, PieceRequest.Get(address, ids[0])));
        Assert.Equal(PieceStatus.Done, await AskAsync(stream, PieceRequest.Get(address, ids[2])));
        Assert.Equal(PieceStatus.Refused, await AskAsync(stream, PieceRequest.Put(address, ids[2], new byte[4_112])));
        Assert.Equal(PieceStatus.Refused, await AskAsync(await eve.Peer.OpenDuplexAsync(RoomsNetwork.PiecesMethod), PieceRequest.Get(address, ids[2])));
    }

    public void Dispose()
    {
        _joining.Dispose();
        _owner.Dispose();
    }

    // time passes, while these people say a word now and then
    private static async Task PassAsync(ManualClock clock, TimeSpan time, params RoomGuest[] people)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(10))
        {
            foreach (var person in people)
            {
                var word = $"{person.Id.Bytes[0]} {passed}";
                await person.SendAsync(RoomRequest.Here());
                await person.SayAsync(word);
                while (await person.HearAsync() != word)
                    continue;
            }
            clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private static async Task<PieceStatus> AskAsync(RpcDuplex stream, ReadOnlyMemory<byte> request)
    {
        await stream.SendAsync(request);
        using var item = (await stream.ReadAsync())!.Value;
        Assert.Equal(RoomItemError.None, PieceRequest.TryReadAnswer(item.Body.Span, out var answer));
        return answer.Status;
    }
}
