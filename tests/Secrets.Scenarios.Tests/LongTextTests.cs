using Secrets.Client.Views;
using Secrets.Protocol.Chats;
using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>A text too long for eight boxes counts as received once it is whole at the reader, and is never lost without a word (decisions 15, 26).</summary>
public sealed class LongTextTests
{
    private static readonly string Long = new('x', 60_000);

    [Fact]
    public async Task A_relay_that_forgets_a_long_text_once_is_repaired_by_the_author()
    {
        await using var world = new World(201);
        var (alice, bob) = await world.MeetAsync();
        await world.RunAsync(TimeSpan.FromHours(1));
        world.Relays[0].Behaviour = Forgetful(times: 1);
        _ = await alice.SayAsync(Long);
        await world.RunAsync(TimeSpan.FromMinutes(4));
        Assert.Empty(await bob.HeardAsync());
        Assert.Equal(DeliveryState.Sent, await StateAsync(alice));
        await world.UntilAsync(async () => (await bob.HeardAsync()).Length == 1, TimeSpan.FromHours(1), "the text is there");
        Assert.Equal(DeliveryState.Sent, await StateAsync(alice));
        await world.RunAsync(TimeSpan.FromHours(1));
        Assert.Equal([Long], await bob.HeardAsync());
        Assert.Equal(DeliveryState.Received, await StateAsync(alice));
        Assert.DoesNotContain(ChatNotice.MessagesMissing, await bob.NoticesAsync());
    }

    [Fact]
    public async Task A_relay_that_forgets_a_long_text_for_good_is_told_to_both()
    {
        await using var world = new World(202);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[0].Behaviour = Forgetful();
        _ = await alice.SayAsync(Long);
        await world.RunAsync(TimeSpan.FromDays(1));
        _ = await alice.SayAsync("and on");
        await world.RunAsync(TimeSpan.FromDays(25));
        Assert.Equal(["and on"], await bob.HeardAsync());
        Assert.Equal(1, (await bob.NoticesAsync()).Count(n => n == ChatNotice.MessagesMissing));
        // not at the reader: not received, and what came after it is
        Assert.Equal([DeliveryState.Sent, DeliveryState.Received], (await alice.LinesAsync()).Where(l => l.Kind == MessageKind.Text).Select(l => l.State));
        await world.RunAsync(TimeSpan.FromDays(70));
        await bob.RestartAsync();
        Assert.Equal(1, (await bob.NoticesAsync()).Count(n => n == ChatNotice.MessagesMissing));
        Assert.Equal(DeliveryState.Sent, await StateAsync(alice));
    }

    [Theory]
    [InlineData(203UL, 0)]
    [InlineData(204UL, 1)]
    [InlineData(205UL, 0)]
    [InlineData(206UL, 1)]
    public async Task A_relay_that_forgets_a_long_text_is_made_up_for_by_the_other(ulong seed, int forgetful)
    {
        await using var world = new World(seed, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[forgetful].Behaviour = Forgetful();
        _ = await alice.SayAsync(Long);
        await world.RunAsync(TimeSpan.FromHours(2));
        Assert.Equal([Long], await bob.HeardAsync());
        Assert.Equal(DeliveryState.Received, await StateAsync(alice));
        Assert.Contains(world.Relays[1 - forgetful].Boxes.Values, b => b.Class == BoxClass.Large);
    }

    [Theory]
    [InlineData(207UL, true, false)]
    [InlineData(208UL, false, true)]
    [InlineData(209UL, true, true)]
    public async Task A_long_text_is_repaired_over_crashes_of_either_side(ulong seed, bool isReader, bool isWriter)
    {
        await using var world = new World(seed);
        var (alice, bob) = await world.MeetAsync();
        var relay = world.Relays[0];
        relay.Behaviour = Forgetful(times: 1);
        _ = await alice.SayAsync(Long);
        // a crash every few minutes: when the pointer is there, when the box was asked for, when it is put again
        for (var i = 0; i < 12; i++)
        {
            await world.RunAsync(TimeSpan.FromMinutes(4));
            if (isReader)
                await bob.CrashAndOpenAsync();
            if (isWriter)
                await alice.CrashAndOpenAsync();
        }
        await world.RunAsync(TimeSpan.FromHours(25));
        Assert.Equal([Long], await bob.HeardAsync());
        Assert.Equal(DeliveryState.Received, await StateAsync(alice));
    }

    [Fact]
    public async Task A_long_text_comes_from_an_honest_relay_that_was_away_for_days()
    {
        await using var world = new World(210, relays: 2);
        var (alice, bob) = await world.MeetAsync();
        world.Relays[0].Behaviour = Forgetful();
        world.Relays[1].Kill();
        _ = await alice.SayAsync(Long);
        await world.RunAsync(TimeSpan.FromDays(4));
        Assert.Empty(await bob.HeardAsync());
        Assert.Equal(DeliveryState.Sent, await StateAsync(alice));
        world.Relays[1].Start();
        await world.RunAsync(TimeSpan.FromDays(1));
        Assert.Equal([Long], await bob.HeardAsync());
        Assert.Equal(DeliveryState.Received, await StateAsync(alice));
    }

    [Fact]
    public async Task Who_was_away_for_weeks_in_the_middle_of_a_long_text_still_gets_it()
    {
        await using var world = new World(211);
        var (alice, bob) = await world.MeetAsync();
        var relay = world.Relays[0];
        relay.Behaviour = Forgetful(times: 1);
        _ = await alice.SayAsync(Long);
        await world.RunAsync(TimeSpan.FromMinutes(1));
        await bob.CloseAsync();
        await world.RunAsync(TimeSpan.FromDays(40));
        await bob.OpenAsync();
        await world.RunAsync(TimeSpan.FromHours(2));
        Assert.Equal([Long], await bob.HeardAsync());
        Assert.Equal(DeliveryState.Received, await StateAsync(alice));
        Assert.DoesNotContain(ChatNotice.MessagesMissing, await bob.NoticesAsync());
    }

    [Fact]
    public async Task A_text_of_two_large_boxes_of_which_one_was_lost_comes_whole()
    {
        await using var world = new World(212);
        var (alice, bob) = await world.MeetAsync();
        var text = new string('y', 65_530);
        world.Relays[0].Behaviour = Forgetful(times: 1);
        _ = await alice.SayAsync(text);
        await world.RunAsync(TimeSpan.FromHours(2));
        Assert.Equal([text], await bob.HeardAsync());
        Assert.Equal(DeliveryState.Received, await StateAsync(alice));
    }

    /// <summary>Says ok to a large box and drops it, so often.</summary>
    private static Lie Forgetful(int times = int.MaxValue) => new((relay, _, cell) =>
    {
        if (BoxRequest.TryRead(cell, out var request) == CellError.None && request is { Operation: BoxOperation.Write, Class: BoxClass.Large } && times > 0)
        {
            times--;
            return relay.Status(BoxStatus.Ok, request, default);
        }
        return relay.AnswerHonestly(cell);
    });

    private static async Task<DeliveryState> StateAsync(Person person) =>
        (await person.LinesAsync()).First(l => l is { Own: true, Kind: MessageKind.Text }).State;
}
