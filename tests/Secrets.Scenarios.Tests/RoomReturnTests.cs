using Secrets.Client;
using Secrets.Client.Rooms;

namespace Secrets.Scenarios.Tests;

/// <summary>A session that comes back as a page does that was loaded again: with its state, and the lines that were seen.</summary>
public sealed class RoomReturnTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Who_comes_back_while_the_relay_is_away_for_a_moment_keeps_the_place()
    {
        await using var place = await RoomPlace.StartAsync();
        var alice = place.Somebody();
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var state = alice.Keep(room.Id);
        await place.StopRelayAsync();
        await alice.DisposeAsync();

        var again = place.Somebody();
        var coming = again.ResumeAsync(state, None).AsTask();
        await Task.Delay(1_000, None);
        Assert.False(coming.IsCompleted);
        await place.StartRelayAsync();
        var back = await coming;

        Assert.True(back.IsOwner);
        await RoomPlace.UntilAsync(again, () => again.Show(back.Id).Stage == RoomStage.In);
    }

    [Fact]
    public async Task Who_comes_back_to_a_room_that_is_gone_is_told_so_at_once()
    {
        var clock = new AgingClock();
        await using var place = await RoomPlace.StartAsync(options => options with { Clock = clock });
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        var state = bob.Keep(bobs.Id);
        await bob.DisposeAsync();
        await alice.LeaveAsync(room.Id);
        // a relay that is as old as that has not been started again: there is nothing to wait for
        clock.Age(TimeSpan.FromMinutes(6));

        var refused = await Assert.ThrowsAsync<ClientException>(async () => await place.Somebody().ResumeAsync(state, None).AsTask().WaitAsync(TimeSpan.FromSeconds(20), None));
        Assert.Equal(ClientError.NoSuchRoom, refused.Code);
    }

    [Fact]
    public async Task The_code_of_a_room_that_one_is_in_leads_to_the_same_place()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var first = await bob.EnterAsync(room.Code, null, "Bob", null, None);

        Assert.Equal(first.Id, (await bob.EnterAsync(room.Link, null, "Bobby", null, None)).Id);
        Assert.Equal(room.Id, (await alice.EnterAsync(room.Code, null, null, null, None)).Id);
        _ = Assert.Single(bob.List());
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 2);
        await bob.LeaveAsync(first.Id);
        Assert.NotEqual(first.Id, (await bob.EnterAsync(room.Code, null, "Bob", null, None)).Id);
    }

    [Fact]
    public async Task What_waited_for_the_relay_is_said_after_a_return_and_once()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 2);
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Members.Count == 2);
        await place.StopRelayAsync();
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Stage == RoomStage.Connecting);
        _ = alice.Send(room.Id, "Meet at the bridge", null);
        _ = alice.Send(room.Id, "At noon", null);
        var state = alice.Keep(room.Id);
        var lines = alice.Messages(room.Id);
        await alice.DisposeAsync();
        await place.StartRelayAsync();

        var again = place.Somebody();
        var back = await again.ResumeAsync(state, lines, None);

        string[] said = ["Meet at the bridge", "At noon"];
        await RoomPlace.UntilAsync(bob, () => Texts(bob, bobs.Id).SequenceEqual(said));
        await RoomPlace.UntilAsync(again, () => again.Messages(back.Id).Count(static line => line is { Own: true, Notice: RoomNotice.None, Sent: true }) == 2);
        Assert.Equal(said, Texts(again, back.Id));
        _ = again.Send(back.Id, "Bring a coat", null);
        await RoomPlace.UntilAsync(bob, () => Texts(bob, bobs.Id).SequenceEqual([.. said, "Bring a coat"]));
    }

    [Fact]
    public async Task Of_a_long_conversation_the_newest_lines_come_back()
    {
        await using var place = await RoomPlace.StartAsync();
        var alice = place.Somebody();
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var said = alice.Send(room.Id, "hello", null);
        await RoomPlace.UntilAsync(alice, () => alice.Messages(room.Id).Single(line => line.Id == said.Id).Sent);
        var state = alice.Keep(room.Id);
        await alice.DisposeAsync();
        var lines = Enumerable.Range(1, 5_100).Select(i => said with { Id = Convert.ToHexStringLower([.. BitConverter.GetBytes(i), .. new byte[12]]), Position = i, Text = $"line {i}", Sent = true }).ToList();

        var again = place.Somebody();
        var back = await again.ResumeAsync(state, lines, None);

        Assert.Equal("line 5100", Texts(again, back.Id)[^1]);
        Assert.InRange(again.Send(back.Id, "and on", null).Position, 5_101, 5_200);
    }

    private static List<string> Texts(RoomClient person, string room) => [.. person.Messages(room).Where(static line => line.Notice == RoomNotice.None).Select(static line => line.Text)];

    private sealed class AgingClock : TimeProvider
    {
        private long _ahead;

        public void Age(TimeSpan by) => _ahead += (long)(by.TotalSeconds * TimestampFrequency);

        public override long GetTimestamp() => base.GetTimestamp() + _ahead;
    }
}
