using Secrets.Crypto;
using Secrets.Relay.Rooms;
using Secrets.Relay.Tests.Support;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Tests.Rooms;

/// <summary>One room by itself, with a clock that is moved: connections that overlap, break, or are handed what they are not there for.</summary>
public sealed class LiveRoomTests : IAsyncLifetime
{
    private readonly Ed25519PrivateKey _joining = Ed25519PrivateKey.Generate(RandomSource.System);
    private readonly Ed25519PrivateKey _owner = Ed25519PrivateKey.Generate(RandomSource.System);
    private readonly Ed25519PrivateKey _alice = Ed25519PrivateKey.Generate(RandomSource.System);
    private readonly Ed25519PrivateKey _bob = Ed25519PrivateKey.Generate(RandomSource.System);
    private readonly ManualClock _clock = new();
    private readonly List<KeptItem> _items = [];
    private TestRelay _relay = null!;
    private RoomGuest _guest = null!;
    private StatementChain _chain = null!;
    private LiveRoom _room = null!;
    private Membership _first = null!;

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync();
        _guest = await RoomGuest.ConnectAsync(_relay);
        var opening = Statement.Open(_joining, _owner, SessionId.FromKey(_alice.PublicKey), 50);
        Assert.Equal(StatementError.None, StatementChain.TryBegin(opening, RoomAddress.FromKey(_joining.PublicKey), out var chain));
        Assert.Equal(StatementError.None, StatementChain.TryBegin(opening, RoomAddress.FromKey(_joining.PublicKey), out var rooms));
        _chain = chain!;
        var limits = new RoomLimits();
        _room = new LiveRoom(rooms!, limits, new RoomTotals(limits), _clock, RandomSource.System);
        _first = Connect(_alice);
    }

    public async ValueTask DisposeAsync()
    {
        await _guest.DisposeAsync();
        await _relay.DisposeAsync();
        foreach (var key in new[] { _joining, _owner, _alice, _bob })
            key.Dispose();
    }

    [Fact]
    public void An_owner_whose_new_connection_breaks_before_it_is_served_has_a_minute()
    {
        var bob = Connect(_bob);
        var second = Enter(_alice);
        _room.Disconnected(_first);
        Told(bob);
        _room.Disconnected(second);

        Assert.Equal(["1 Away"], Told(bob));
        Pass(61);
        Assert.True(_room.IsOver);
        Assert.Equal(RoomEnd.OwnerLost, bob.End);
    }

    [Fact]
    public void The_leaving_of_an_older_connection_takes_no_newer_one_away()
    {
        var older = Connect(_bob);
        var newer = Connect(_bob);
        _room.Leave(older);
        var second = Connect(_alice);
        _room.Leave(_first);
        Assert.True(second.End == RoomEnd.None && !_room.IsOver);

        Assert.True(_room.State(Statement.Remove(_chain, SessionId.FromKey(_bob.PublicKey), _owner)));

        Assert.Equal(RoomEnd.Removed, newer.End);
        Told(second);
        _room.Say(newer, Request(default));
        Assert.Empty(Told(second));
    }

    [Fact]
    public void Of_those_who_are_gone_no_places_are_kept()
    {
        for (var i = 0; i < 100; i++)
        {
            using var key = Ed25519PrivateKey.Generate(RandomSource.System);
            var somebody = Connect(key);
            for (var whisper = 0; whisper < 100; whisper++)
                _room.Say(somebody, Request(somebody.Session));
            _room.Say(_first, Request(_first.Session));
            _room.Leave(somebody);
        }

        Assert.InRange(_room.Whispers, 100, 300);
        Assert.Equal(100, Told(_first).Count(static told => told == "frame"));
    }

    [Fact]
    public void A_room_that_is_given_to_somebody_who_is_away_tells_all_that_it_may_end()
    {
        var bob = Connect(_bob);
        _room.Disconnected(bob);
        Pass(30);
        Told(_first);
        Assert.True(_room.State(Statement.HandOver(_chain, bob.Session, _owner.PublicKey, _owner)));

        Assert.Equal(["statement", "2 Away"], Told(_first));
        Pass(59);
        Assert.False(_room.IsOver);
        Assert.Empty(Told(_first));
        Pass(2);
        Assert.True(_room.IsOver);
        Assert.Equal(RoomEnd.OwnerLost, _first.End);
    }

    private Membership Enter(Ed25519PrivateKey session)
    {
        var challenge = RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: false, RandomSource.System);
        var bytes = RoomEntry.Create(EntryKind.Resume, _joining, session, 0, 0, 0, [], challenge, default);
        Assert.Equal(RoomItemError.None, RoomEntry.TryRead(bytes.Span, out var entry));
        var member = _room.TryEnter(entry!, out var refusal, out _);
        Assert.Equal(RoomRefusal.None, refusal);
        return member!;
    }

    private Membership Connect(Ed25519PrivateKey session)
    {
        var member = Enter(session);
        _room.Connected(member, _guest.Peer);
        return member;
    }

    private static RoomRequest Request(in SessionId to)
    {
        Assert.Equal(RoomItemError.None, RoomRequest.TryRead(RoomRequest.Say(to, isPassing: false, "x"u8).Span, out var request));
        return request;
    }

    private void Pass(int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _room.Tick();
        }
    }

    /// <summary>What a member is told from here on; 1 is Alice, 2 is Bob.</summary>
    private List<string> Told(Membership member)
    {
        var told = new List<string>();
        while (_room.TryTake(member, _items, 32) && _items.Count > 0)
        {
            foreach (var kept in _items)
            {
                Assert.Equal(RoomItemError.None, RoomItem.TryRead(kept.Bytes.Span, out var item));
                told.Add(item.Kind switch
                {
                    RoomItemKind.Presence => $"{(item.From == SessionId.FromKey(_alice.PublicKey) ? 1 : 2)} {item.Presence}",
                    RoomItemKind.Statement => "statement",
                    _ => "frame",
                });
            }
        }
        return told;
    }
}
