using System.Diagnostics;
using System.Globalization;
using Secrets.Client.Rooms;
using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Scenarios.Tests;

/// <summary>A room of many, at a relay that starts again.</summary>
public sealed class RoomCrowdTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = RoomsNetwork.Grace;
    // all of them compute on this one machine
    private static readonly int Count = Environment.GetEnvironmentVariable("SECRETS_ROOM_CROWD") is { } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : 40;

    [Fact]
    public async Task Everybody_is_back_within_a_minute_of_the_relays_restart()
    {
        await using var place = await RoomPlace.StartAsync();
        using var code = RoomCode.Generate(place.Address, RandomSource.System);
        var crowd = States(code).Select(state => (Person: place.Somebody(), State: state)).ToList();
        var people = new List<(RoomClient Person, string Room)>();
        var watch = Stopwatch.StartNew();
        foreach (var views in crowd.Chunk(20))
            people.AddRange(await Task.WhenAll(views.Select(async one => (one.Person, (await one.Person.ResumeAsync(one.State, CancellationToken.None)).Id))));
        await TogetherAsync(people);
        output.WriteLine($"{Count} come together: {watch.Elapsed.TotalSeconds:0.0} s");

        await place.StopRelayAsync();
        await place.StartRelayAsync();
        watch.Restart();
        await TogetherAsync(people);
        output.WriteLine($"{Count} are together again: {watch.Elapsed.TotalSeconds:0.0} s");

        Assert.True(watch.Elapsed < Limit);
        var said = people[^1].Person.Send(people[^1].Room, "All here?", null);
        await UntilAsync(people, one => one.Person.Messages(one.Room).Any(m => m.Id == said.Id));
        Assert.All(people, one => Assert.DoesNotContain(one.Person.Messages(one.Room), m => m.Notice is RoomNotice.Gap or RoomNotice.Withheld or RoomNotice.Divided or RoomNotice.Ended));
    }

    private static Task TogetherAsync(List<(RoomClient Person, string Room)> people) =>
        UntilAsync(people, static one => one.Person.Show(one.Room) is { Stage: RoomStage.In } view && view.Members.Count == Count && view.Members.All(static m => !m.Away));

    private static async Task UntilAsync(List<(RoomClient Person, string Room)> people, Func<(RoomClient Person, string Room), bool> holds)
    {
        var limit = Stopwatch.StartNew();
        while (!people.All(holds))
        {
            Assert.True(limit.Elapsed < 2 * Limit, $"{people.Count(holds)} of {people.Count}");
            await Task.Delay(500, CancellationToken.None);
        }
    }

    /// <summary>What so many people come back with who were in one room, and knew nobody yet.</summary>
    private static List<ReadOnlyMemory<byte>> States(RoomCode code)
    {
        using var master = SecretBuffer.Generate(RoomKeys.Size, RandomSource.System);
        using var owner = RoomMachine.Open(RoomKeys.FromMaster(master.Bytes), "Guest 1", RoomsNetwork.MaxParticipants, RandomSource.System);
        var challenge = RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: true, RandomSource.System);
        Assert.Equal(RoomItemError.None, RoomEntry.TryRead(owner.Enter(EntryKind.Open, challenge, 0, default).Span, out var entry));
        var states = new List<ReadOnlyMemory<byte>> { StateOf(code, owner, entry!.Statements) };
        for (var i = 2; i <= Count; i++)
        {
            using var guest = RoomMachine.Join(RoomKeys.FromMaster(master.Bytes), $"Guest {i}", RandomSource.System);
            states.Add(StateOf(code, guest, entry.Statements));
        }
        return states;
    }

    private static ReadOnlyMemory<byte> StateOf(RoomCode code, RoomMachine machine, IReadOnlyList<Statement> statements)
    {
        Assert.Equal(RoomFrameError.None, machine.Entered(new RoomAnswer { Instance = 1, Number = 0, Oldest = 1, Statements = statements, Members = [new RoomMember(machine.Me, Presence.Here)] }));
        return RoomState.Write(code, "", [], machine);
    }
}
