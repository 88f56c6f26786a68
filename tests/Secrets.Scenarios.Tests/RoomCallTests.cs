using Secrets.Client;
using Secrets.Client.Rooms;
using Secrets.Protocol.Calls;

namespace Secrets.Scenarios.Tests;

/// <summary>Calls in a room over a real relay: their signals go as everything said in it does.</summary>
public sealed class RoomCallTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Four_people_are_in_a_call_with_words_of_their_own_for_every_two_and_outlive_the_relay()
    {
        await using var place = await RoomPlace.StartAsync();
        var (people, rooms) = await MeetAsync(place, 4);
        var engines = people.Select((person, i) => new RoomMediaEngine(person, rooms[i])).ToArray();
        foreach (var (person, i) in people.Select(static (person, i) => (person, i)))
            person.JoinCall(rooms[i], CallMedia.Video);
        foreach (var (person, i) in people.Select(static (person, i) => (person, i)))
            await RoomPlace.UntilAsync(person, () => engines[i].Connected == 3);

        var me = people.Select((person, i) => person.Show(rooms[i]).Me).ToArray();
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (there, here) = (WordsOf(engines[i], me[j]), WordsOf(engines[j], me[i]));
                Assert.Equal(4, here.Split(' ').Length);
                Assert.Equal(here, there);
            }
        }
        Assert.Equal(6, engines.SelectMany(static engine => engine.Call!.Parties.Select(static party => party.Words)).Distinct().Count());
        Assert.Contains(people[3].Messages(rooms[3]), static line => line.Notice == RoomNotice.CallBegan);

        // who comes later sees that there is a call, and is not told that somebody began it just now
        var late = place.Somebody();
        var lates = await late.EnterAsync(people[0].Show(rooms[0]).Code, null, null, null, None);
        await RoomPlace.UntilAsync(late, () => late.Show(lates.Id).Call is { Parties.Count: 4 });
        Assert.DoesNotContain(late.Messages(lates.Id), static line => line.Notice == RoomNotice.CallBegan);
        await late.LeaveAsync(lates.Id);

        people[1].SwitchCall(rooms[1], CallSwitches.MicrophoneOff | CallSwitches.ScreenShown);
        await RoomPlace.UntilAsync(people[2], () => engines[2].Call!.Parties.Any(party => party.Session == me[1] && party is { MicrophoneOff: true, ScreenShown: true, CameraOn: false }));

        var before = engines.Select(static engine => engine.Ends.Count).ToArray();
        await place.StopRelayAsync();
        await RoomPlace.UntilAsync(people[0], () => people[0].Show(rooms[0]).Stage == RoomStage.Connecting);
        Assert.Equal(3, engines[0].Connected);
        await place.StartRelayAsync();
        foreach (var (person, i) in people.Select(static (person, i) => (person, i)))
            await RoomPlace.UntilAsync(person, () => person.Show(rooms[i]).Stage == RoomStage.In);
        people[3].SwitchCall(rooms[3], CallSwitches.CameraOn);
        await RoomPlace.UntilAsync(people[0], () => engines[0].Call!.Parties.Any(party => party.Session == me[3] && party.CameraOn));
        Assert.All(engines, static engine => Assert.Equal(3, engine.Connected));
        Assert.Equal(before, engines.Select(static engine => engine.Ends.Count));

        // who leaves the room is out of the call, and when the owner goes everything is over
        await people[2].LeaveAsync(rooms[2]);
        await RoomPlace.UntilAsync(people[1], () => engines[1].Connected == 2);
        await people[0].LeaveAsync(rooms[0]);
        await RoomPlace.UntilAsync(people[1], () => people[1].Show(rooms[1]).Stage == RoomStage.Ended);
        Assert.Null(engines[1].Call);
        Assert.All(engines, static engine => Assert.Empty(engine.Faults));
        foreach (var engine in engines)
            engine.Dispose();
    }

    [Fact]
    public async Task A_certificate_in_between_ends_the_connection_on_both_sides()
    {
        await using var place = await RoomPlace.StartAsync();
        var (people, rooms) = await MeetAsync(place, 2);
        using var hers = new RoomMediaEngine(people[0], rooms[0]);
        using var his = new RoomMediaEngine(people[1], rooms[1]) { IsBetween = true };
        people[0].JoinCall(rooms[0], CallMedia.Voice);
        await RoomPlace.UntilAsync(people[1], () => his.Call is not null);
        people[1].JoinCall(rooms[1], CallMedia.Voice);
        await RoomPlace.UntilAsync(people[0], () => hers.Ends.Contains(CallEndReason.WrongCertificate));
        await RoomPlace.UntilAsync(people[1], () => his.Ends.Contains(CallEndReason.WrongCertificate));
        Assert.All([hers, his], static engine => Assert.True(Assert.Single(engine.Call!.Parties) is { Distrusted: true, Connected: false }));
    }

    [Fact]
    public async Task A_person_is_in_one_call_at_a_time_and_leaving_it_is_seen_at_once()
    {
        await using var place = await RoomPlace.StartAsync();
        var (people, rooms) = await MeetAsync(place, 2);
        var other = await people[0].OpenAsync(null, "Alice", null, null, None);
        people[0].JoinCall(rooms[0], CallMedia.Voice);
        Assert.Equal(ClientError.InAnotherCall, Assert.Throws<ClientException>(() => people[0].JoinCall(other.Id, CallMedia.Voice)).Code);
        Assert.Equal(ClientError.InAnotherCall, Assert.Throws<ClientException>(() => people[0].JoinCall(rooms[0], CallMedia.Voice)).Code);
        await RoomPlace.UntilAsync(people[1], () => people[1].Show(rooms[1]).Call is { Joined: false, Full: false, Parties.Count: 1 });
        people[0].LeaveCall(rooms[0]);
        await RoomPlace.UntilAsync(people[1], () => people[1].Show(rooms[1]).Call is null);
        Assert.Equal(ClientError.NotInCall, Assert.Throws<ClientException>(() => people[0].LeaveCall(rooms[0])).Code);
        Assert.Equal([RoomNotice.CallBegan, RoomNotice.CallEnded], people[1].Messages(rooms[1]).Select(static line => line.Notice).Where(static notice => notice is RoomNotice.CallBegan or RoomNotice.CallEnded));
        people[0].JoinCall(other.Id, CallMedia.Voice);
        Assert.Empty(await people[0].GetTurnAsync(other.Id, None));
    }

    private static string WordsOf(RoomMediaEngine engine, string session) => engine.Call!.Parties.Single(party => party.Session == session).Words!;

    private static async Task<(RoomClient[] People, string[] Rooms)> MeetAsync(RoomPlace place, int count)
    {
        var people = Enumerable.Range(0, count).Select(_ => place.Somebody()).ToArray();
        var room = await people[0].OpenAsync(null, "Alice", null, null, None);
        var rooms = new List<string> { room.Id };
        foreach (var person in people[1..])
            rooms.Add((await person.EnterAsync(room.Code, null, null, null, None)).Id);
        foreach (var (person, i) in people.Select(static (person, i) => (person, i)))
            await RoomPlace.UntilAsync(person, () => person.Show(rooms[i]).Members.Count == count);
        return (people, [.. rooms]);
    }
}
