using FsCheck;
using FsCheck.Fluent;
using Secrets.Crypto;
using Secrets.Protocol.Calls;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>Calls of a room: who comes, goes, comes too late, begins at once with somebody else, or is somebody else.</summary>
public sealed class RoomCallsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_comes_when_there_is_one_place_is_in_a_whole_call_or_in_none(bool atOnce)
    {
        for (var seed = 100UL; seed < 110; seed++)
        {
            var room = new CallRoom(7, seed);
            foreach (var side in room.Sides.Take(5))
            {
                Assert.Equal(CallError.None, side.Join());
                room.Run(TimeSpan.FromSeconds(5));
            }

            room.Run(TimeSpan.FromSeconds(20));
            var (sixth, seventh) = (room.Sides[5], room.Sides[6]);
            Assert.Equal(CallError.None, sixth.Join());
            Assert.Equal(CallError.None, seventh.Join());
            if (atOnce)
                Interleave(room, sixth, seventh);
            room.Run(TimeSpan.FromMinutes(3));

            var inside = room.Sides.Where(static side => side.Calls.Joined is not null).ToList();
            Assert.InRange(inside.Count, 5, 6);
            Assert.All(room.Sides.Take(5), side => Assert.Contains(side, inside));
            Assert.All(inside, side => Assert.Equal(inside.Count - 1, side.Connected.Count));
            Assert.All(room.Sides.Except(inside), static side => Assert.Empty(side.Connected));
            // and nobody asks for ever
            Assert.All(room.Sides, static side => Assert.InRange(side.Prepared, 4, 20));
            if (!atOnce)
                Assert.Contains(sixth, inside);
        }
    }

    [Fact]
    public void Everybody_who_goes_into_the_call_is_connected_with_everybody_in_it()
    {
        var room = new CallRoom(4, seed: 1);
        foreach (var side in room.Sides)
        {
            side.Join();
            room.Run(TimeSpan.FromSeconds(12));
        }

        Assert.All(room.Sides, static side => Assert.Equal(3, side.Connected.Count));
        Assert.Single(room.Sides.Select(static side => side.Calls.Joined!.Id).Distinct());
        foreach (var one in room.Sides)
        {
            foreach (var other in room.Sides.Where(other => other != one))
                Assert.Equal(one.Calls.Joined!.Find(other.Self)!.Words, other.Calls.Joined!.Find(one.Self)!.Words);
        }
        // nobody made more connections than were needed
        Assert.All(room.Sides, static side => Assert.Equal(3, side.Prepared));
    }

    [Fact]
    public void Who_looks_on_sees_the_call_and_who_is_in_it_and_that_it_is_over()
    {
        var room = new CallRoom(3, seed: 2);
        room.Sides[0].Join();
        room.Run(TimeSpan.FromSeconds(1));
        room.Sides[1].Join();
        room.Run(TimeSpan.FromSeconds(5));

        Assert.Null(room.Sides[2].Calls.Joined);
        Assert.Equal(2, room.Sides[2].Calls.Shown!.Heard.Count);
        room.Sides[0].Leave();
        room.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(room.Sides[1].Self, Assert.Single(room.Sides[2].Calls.Shown!.Heard));
        Assert.Empty(room.Sides[1].Connected);
        room.Sides[1].Leave();
        room.Run(TimeSpan.FromSeconds(1));
        Assert.Null(room.Sides[2].Calls.Shown);
    }

    [Fact]
    public void Two_that_begin_at_once_are_in_one_call_a_moment_later()
    {
        for (var seed = 3UL; seed < 13; seed++)
        {
            var room = new CallRoom(2, seed);
            room.Sides[0].Join();
            room.Sides[1].Join();
            room.Run(TimeSpan.FromSeconds(20));
            Assert.Equal(room.Sides[0].Calls.Joined!.Id, room.Sides[1].Calls.Joined!.Id);
            Assert.Single(room.Sides[0].Connected);
            Assert.Single(room.Sides[1].Connected);
        }
    }

    [Fact]
    public void The_seventh_is_told_that_the_call_is_full_and_has_a_place_when_one_goes()
    {
        var room = new CallRoom(7, seed: 20);
        foreach (var side in room.Sides.Take(6))
        {
            side.Join();
            room.Run(TimeSpan.FromSeconds(5));
        }
        room.Run(TimeSpan.FromSeconds(30));
        Assert.All(room.Sides.Take(6), static side => Assert.Equal(5, side.Connected.Count));

        Assert.Equal(CallError.OutOfTurn, room.Sides[6].Join());
        room.Sides[2].Leave();
        room.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(CallError.None, room.Sides[6].Join());
        room.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(5, room.Sides[6].Connected.Count);
    }

    [Fact]
    public void Who_comes_into_the_room_hears_of_the_call_at_once()
    {
        var room = new CallRoom(2, seed: 21);
        room.Sides[1].IsAway = true;
        room.Sides[0].Join();
        room.Run(TimeSpan.FromSeconds(4));
        Assert.Null(room.Sides[1].Calls.Shown);
        room.Sides[1].IsAway = false;
        room.Sides[0].Calls.Greet(room.Sides[1].Self, room.Now);
        room.Run(TimeSpan.FromSeconds(2));
        Assert.NotNull(room.Sides[1].Calls.Shown);
    }

    [Fact]
    public void Who_is_silent_is_gone_but_a_connection_that_stands_is_kept()
    {
        var room = new CallRoom(3, seed: 22);
        foreach (var side in room.Sides)
        {
            side.Join();
            room.Run(TimeSpan.FromSeconds(10));
        }
        room.Sides[0].IsAway = true;
        room.Run(TimeSpan.FromSeconds(40));
        Assert.Equal(2, room.Sides[1].Connected.Count);
        Assert.DoesNotContain(room.Sides[0].Self, room.Sides[1].Calls.Joined!.Heard);
        room.Sides[0].IsAway = false;
        room.Run(TimeSpan.FromSeconds(20));
        Assert.Contains(room.Sides[0].Self, room.Sides[1].Calls.Joined!.Heard);
        Assert.All(room.Sides, static side => Assert.Equal((2, 2), (side.Connected.Count, side.Prepared)));
    }

    [Fact]
    public void Who_is_missed_after_the_room_was_made_anew_is_out_of_the_call_a_minute_later_unless_back()
    {
        var room = new CallRoom(3, seed: 26);
        foreach (var side in room.Sides)
        {
            side.Join();
            room.Run(TimeSpan.FromSeconds(10));
        }
        foreach (var other in room.Sides.Skip(1))
            room.Sides[0].Calls.Miss(other.Self, room.Now);
        room.Sides[1].IsAway = true;
        room.Sides[0].Calls.Greet(room.Sides[2].Self, room.Now);
        room.Run(TimeSpan.FromSeconds(50));
        Assert.Equal(2, room.Sides[0].Connected.Count);
        room.Run(TimeSpan.FromSeconds(15));
        Assert.Equal([room.Sides[2].Self], room.Sides[0].Connected);
    }

    [Fact]
    public void Another_certificate_ends_that_leg_alone_and_it_is_not_tried_again()
    {
        var room = new CallRoom(3, seed: 23);
        var (alice, bob) = (room.Sides[0], room.Sides[1]);
        alice.Shown[bob.Self] = Hash256.Of("somebody else"u8);
        foreach (var side in room.Sides)
            side.Join();
        room.Run(TimeSpan.FromMinutes(2));

        Assert.Equal(CallEndReason.WrongCertificate, Assert.Single(alice.Ended, end => end.Party == bob.Self).Reason);
        Assert.Equal(CallEndReason.WrongCertificate, Assert.Single(bob.Ended, end => end.Party == alice.Self).Reason);
        Assert.Equal([room.Sides[2].Self], alice.Connected);
        Assert.Equal([room.Sides[2].Self], bob.Connected);
        Assert.True(alice.Calls.Joined!.IsDistrusted(bob.Self));
        Assert.True(bob.Calls.Joined!.IsDistrusted(alice.Self));
        Assert.False(bob.Calls.Joined!.IsDistrusted(room.Sides[2].Self));
    }

    [Fact]
    public void Who_is_not_in_the_call_answers_no_ask()
    {
        var room = new CallRoom(3, seed: 24);
        room.Sides[0].Join();
        room.Sides[1].Join();
        room.Run(TimeSpan.FromSeconds(15));
        var effects = new List<CallEffect>();
        var ask = CallSignal.Ask(room.Sides[0].Calls.Joined!.Id, CallMedia.Voice, rings: false, Hash256.Of("commitment"u8));
        Assert.Equal(CallError.OutOfTurn, room.Sides[2].Calls.Take(room.Sides[0].Self, ask, room.Now, effects));
        Assert.Empty(effects);
    }

    [Fact]
    public void What_is_switched_is_known_to_who_comes_later()
    {
        var room = new CallRoom(2, seed: 25);
        room.Sides[0].Join();
        room.Sides[0].Do(effects => room.Sides[0].Calls.Joined!.Switch(CallSwitches.MicrophoneOff | CallSwitches.CameraOn, effects));
        room.Run(TimeSpan.FromSeconds(1));
        room.Sides[1].Join();
        room.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(CallSwitches.MicrophoneOff | CallSwitches.CameraOn, room.Sides[1].Calls.Joined!.Find(room.Sides[0].Self)!.Switches);
    }

    [Fact]
    public void Whatever_is_lost_repeated_and_reordered_all_who_stay_are_connected_in_the_end() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), static seed =>
        {
            var random = new SeededRandomForTestsOnly((ulong)seed);
            var room = new CallRoom(2 + (int)random.Next(4), (ulong)seed) { Trouble = random };
            for (var step = 0; step < 60; step++)
            {
                var side = room.Sides[(int)random.Next((uint)room.Sides.Count)];
                switch (random.Next(6))
                {
                    case 0:
                        side.Leave();
                        break;
                    case 1:
                        side.IsAway = !side.IsAway;
                        break;
                    case 2 when side.Connected.Count > 0:
                        side.LoseConnection(side.Connected.First());
                        break;
                    default:
                        _ = side.Join();
                        break;
                }
                room.Run(TimeSpan.FromMilliseconds(random.Next(8_000)));
                Assert.All(room.Sides, static side => Assert.InRange(side.Calls.Joined?.Legs.Count ?? 0, 0, 5));
            }

            room.Trouble = null;
            foreach (var side in room.Sides)
            {
                side.IsAway = false;
                side.Leave();
            }
            room.Run(TimeSpan.FromSeconds(40));
            foreach (var side in room.Sides)
                Assert.Equal(CallError.None, side.Join());
            room.Run(TimeSpan.FromSeconds(90));
            Assert.Single(room.Sides.Select(static side => side.Calls.Joined!.Id).Distinct());
            Assert.All(room.Sides, side => Assert.Equal(room.Sides.Count - 1, side.Connected.Count));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(150)));

    /// <summary>The frames of two come one of each in turn, those of the second in another order.</summary>
    private static void Interleave(CallRoom room, CallRoomSide one, CallRoomSide other)
    {
        other.Out.Reverse();
        while (one.Out.Count + other.Out.Count > 0)
        {
            foreach (var from in new[] { one, other }.Where(static side => side.Out.Count > 0))
            {
                var (to, signal) = from.Out[0];
                from.Out.RemoveAt(0);
                foreach (var side in room.Sides.Where(side => side != from && (to == default || to == side.Self)))
                    side.Take(from.Self, CallFixture.Carry(signal));
            }
        }
    }
}
