using System.Security.Cryptography;
using System.Text;
using Secrets.Client;
using Secrets.Client.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Scenarios.Tests;

/// <summary>Rooms over a real relay, as people use them.</summary>
public sealed class RoomTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Three_people_talk_react_answer_and_lay_a_file_into_a_room()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob, carol) = (place.Somebody(), place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync("Harbour", "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        var carols = await carol.EnterAsync(room.Link, null, "Carol", null, None);
        foreach (var (person, id) in new[] { (alice, room.Id), (bob, bobs.Id), (carol, carols.Id) })
            await RoomPlace.UntilAsync(person, () => person.Show(id).Members.Count == 3);

        var said = alice.Send(room.Id, "Noodles at one?", null);
        await RoomPlace.UntilAsync(bob, () => Texts(bob, bobs.Id).Contains("Noodles at one?"));
        bob.React(bobs.Id, said.Id, "🍜");
        _ = bob.Send(bobs.Id, "Half past", said.Id);
        var file = RandomNumberGenerator.GetBytes(150_000);
        _ = await bob.SendFileAsync(bobs.Id, "map.png", "image/png", file, None);
        await RoomPlace.UntilAsync(carol, () => carol.Messages(carols.Id).Any(m => m.File is not null));

        var answer = carol.Messages(carols.Id).Single(m => m.Text == "Half past");
        Assert.Equal(said.Id, answer.ReplyTo);
        Assert.Equal("🍜", carol.Messages(carols.Id).Single(m => m.Id == said.Id).Reactions.Single().Sign);
        var got = await carol.GetFileAsync(carols.Id, carol.Messages(carols.Id).Single(m => m.File is not null).Id, None);
        Assert.Equal(file, got.Bytes.ToArray());
        Assert.Equal(alice.Show(room.Id).SafetyWords, carol.Show(carols.Id).SafetyWords);
        Assert.Equal(7, carol.Show(carols.Id).SafetyWords.Count);
        Assert.DoesNotContain(carol.Messages(carols.Id), m => m.Notice is RoomNotice.Gap or RoomNotice.Withheld or RoomNotice.Divided);
        await RoomPlace.UntilAsync(alice, () => alice.Messages(room.Id).Single(m => m.Id == said.Id).Sent);
    }

    [Fact]
    public async Task A_wrong_code_is_no_room_and_a_typo_is_named()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, eve) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, null, null, null, None);
        var other = await alice.OpenAsync(null, null, null, null, None);
        await alice.LeaveAsync(other.Id);

        var refused = await Assert.ThrowsAsync<ClientException>(async () => await eve.EnterAsync(other.Code, null, null, null, None));
        var words = room.Code.Split('-');
        words[2] = words[2][1..];
        var check = RoomClient.Check(string.Join(' ', words).ToUpperInvariant());

        Assert.Equal(ClientError.NoSuchRoom, refused.Code);
        Assert.Equal("room_code_mistyped", check.Error);
        Assert.Equal(3, check.Position);
        Assert.Equal(room.Code.Split('-')[2], check.Suggestion);
    }

    [Fact]
    public async Task The_owner_locks_removes_hands_over_and_leaving_ends_it_for_all()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob, carol, dora) = (place.Somebody(), place.Somebody(), place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        var carols = await carol.EnterAsync(room.Code, null, "Carol", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 3);
        await RoomPlace.UntilAsync(carol, () => carol.Show(carols.Id).Members.Count == 3);
        Assert.Equal(ClientError.NotRoomOwner, Assert.Throws<ClientException>(() => bob.Lock(bobs.Id, true)).Code);

        alice.Lock(room.Id, true);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Locked);
        Assert.Equal(ClientError.RoomIsLocked, (await Assert.ThrowsAsync<ClientException>(async () => await dora.EnterAsync(room.Code, null, null, null, None))).Code);
        alice.Remove(room.Id, bob.Show(bobs.Id).Me);
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Ending == RoomEnding.Removed);
        await RoomPlace.UntilAsync(carol, () => carol.Show(carols.Id).Members.Count == 2);
        _ = alice.Send(room.Id, "Only us", null);
        await RoomPlace.UntilAsync(carol, () => Texts(carol, carols.Id).Contains("Only us"));
        alice.HandOver(room.Id, carol.Show(carols.Id).Me);
        await RoomPlace.UntilAsync(carol, () => carol.Show(carols.Id).IsOwner);
        await RoomPlace.UntilAsync(alice, () => !alice.Show(room.Id).IsOwner);
        await carol.LeaveAsync(carols.Id);

        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Ending == RoomEnding.Closed);
        Assert.DoesNotContain("Only us", Texts(bob, bobs.Id));
        Assert.Equal(0, await CountAsync(place));
    }

    [Fact]
    public async Task What_an_owner_decides_in_one_breath_all_holds()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob, carol, dora) = (place.Somebody(), place.Somebody(), place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        var carols = await carol.EnterAsync(room.Code, null, "Carol", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 3);
        await RoomPlace.UntilAsync(carol, () => carol.Show(carols.Id).Members.Count == 3);

        alice.Lock(room.Id, true);
        alice.Remove(room.Id, bobs.Me);
        _ = alice.Send(room.Id, "Only us", null);
        alice.HandOver(room.Id, carols.Me);
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Ending == RoomEnding.Removed);
        await RoomPlace.UntilAsync(carol, () => carol.Show(carols.Id).IsOwner);

        Assert.True(carol.Show(carols.Id).Locked);
        Assert.Equal(2, carol.Show(carols.Id).Members.Count);
        Assert.Equal(["Only us"], Texts(carol, carols.Id));
        Assert.Empty(Texts(bob, bobs.Id));
        Assert.Equal(RoomStage.In, alice.Show(room.Id).Stage);
        Assert.DoesNotContain(alice.Show(room.Id).Members, m => m.Away);
        Assert.Equal(ClientError.RoomIsLocked, (await Assert.ThrowsAsync<ClientException>(async () => await dora.EnterAsync(room.Code, null, null, null, None))).Code);
    }

    [Fact]
    public async Task After_a_restart_of_the_relay_the_room_is_there_again_and_nothing_of_it_was_ever_on_its_disk()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync("Harbour", "Alice of the lake", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob of the hill", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 2);
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Members.Count == 2);
        _ = alice.Send(room.Id, "Noodles at one, by the old crane?", null);
        _ = await alice.SendFileAsync(room.Id, "planks.txt", "text/plain", "It is under the third one"u8.ToArray(), None);
        await RoomPlace.UntilAsync(bob, () => bob.Messages(bobs.Id).Any(m => m.File is not null));
        _ = await bob.GetFileAsync(bobs.Id, bob.Messages(bobs.Id).Single(m => m.File is not null).Id, None);

        await place.StopRelayAsync();
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Stage == RoomStage.Connecting);
        _ = bob.Send(bobs.Id, "Half past, bring the letter", null);
        await place.StartRelayAsync();
        await RoomPlace.UntilAsync(alice, () => Texts(alice, room.Id).Contains("Half past, bring the letter"));

        Assert.Equal(["Noodles at one, by the old crane?", "", "Half past, bring the letter"], Texts(alice, room.Id));
        byte[][] secrets = [.. new[] { "Harbour", "Noodles", "letter", "planks.txt", "the third one", "Alice of the lake", "Bob of the hill", room.Code, room.Code.Split('-')[0] + '-' + room.Code.Split('-')[1] }.Select(Encoding.UTF8.GetBytes),
            Convert.FromHexString(alice.Show(room.Id).Me), Convert.FromHexString(bob.Show(bobs.Id).Me), .. alice.Messages(room.Id).Where(m => m.Notice == RoomNotice.None).Select(m => Convert.FromHexString(m.Id))];
        var metrics = place.Relay.Core.FormatMetrics();
        await place.StopRelayAsync();
        foreach (var file in place.Folder.GetFiles("*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(file.FullName, None);
            Assert.All(secrets, secret => Assert.True(content.AsSpan().IndexOf(secret) < 0, file.Name));
        }
        Assert.All(secrets, secret => Assert.DoesNotContain(Convert.ToHexString(secret), place.Log + metrics, StringComparison.OrdinalIgnoreCase));
        Assert.All(secrets, secret => Assert.DoesNotContain(Encoding.UTF8.GetString(secret), place.Log + metrics, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_back_in_time_is_no_line_and_who_leaves_is_one()
    {
        await using var place = await RoomPlace.StartAsync();
        var line = new LyingNetwork(RoomPlace.Network());
        var (alice, bob, carol) = (place.Somebody(), place.Somebody(network: line), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        var carols = await carol.EnterAsync(room.Code, null, "Carol", null, None);
        List<(RoomClient Person, string Id)> people = [(alice, room.Id), (bob, bobs.Id), (carol, carols.Id)];
        await WholeAsync();
        var lines = people.ConvertAll(one => Notices(one.Person, one.Id));

        await line.CutAsync();
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Any(m => m.Away));
        line.IsCut = false;
        await WholeAsync();
        await place.StopRelayAsync();
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Stage == RoomStage.Connecting);
        line.IsCut = true;
        await place.StartRelayAsync();
        await RoomPlace.UntilAsync(carol, () => carol.Show(carols.Id).Members is [_, { Away: false }, { Away: true }] or [_, { Away: true }, { Away: false }]);
        line.IsCut = false;
        await WholeAsync();
        Assert.Equal(lines, people.ConvertAll(one => Notices(one.Person, one.Id)));

        await bob.LeaveAsync(bobs.Id);
        await RoomPlace.UntilAsync(carol, () => carol.Show(carols.Id).Members.Count == 2);
        Assert.Equal([.. lines[2], (RoomNotice.Left, "Bob")], Notices(carol, carols.Id));

        async Task WholeAsync()
        {
            foreach (var (person, id) in people)
                await RoomPlace.UntilAsync(person, () => person.Show(id) is { Stage: RoomStage.In, Members.Count: 3 } view && view.Members.All(m => !m.Away));
        }

        static List<(RoomNotice, string)> Notices(RoomClient person, string id) => [.. person.Messages(id).Where(m => m.Notice != RoomNotice.None).Select(m => (m.Notice, m.Name))];
    }

    [Fact]
    public async Task A_session_comes_back_with_what_it_kept_and_hears_what_was_said_meanwhile()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, "Mine", "Bob", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 2);
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Members.Count == 2);
        _ = bob.Send(bobs.Id, "What I said", null);
        await RoomPlace.UntilAsync(bob, () => bob.Messages(bobs.Id).Any(m => m is { Own: true, Sent: true }));
        var kept = bob.Keep(bobs.Id);
        await bob.DisposeAsync();
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Any(m => m.Away));
        _ = alice.Send(room.Id, "While you were away", null);

        var again = place.Somebody();
        var back = await again.ResumeAsync(kept, None);
        await RoomPlace.UntilAsync(again, () => Texts(again, back.Id).Contains("While you were away"));
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.All(m => !m.Away));
        _ = again.Send(back.Id, "Here again", null);
        await RoomPlace.UntilAsync(alice, () => Texts(alice, room.Id).Contains("Here again"));

        Assert.Equal("Mine", back.Label);
        Assert.Equal(bobs.Me, back.Me);
        Assert.True(kept.Span.IndexOf("What I said"u8) < 0);
        Assert.DoesNotContain(alice.Messages(room.Id), m => m.Notice is RoomNotice.Gap or RoomNotice.Withheld);
    }

    [Fact]
    public async Task What_was_seen_before_a_session_came_back_can_be_answered_and_its_files_fetched()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 2);
        var said = alice.Send(room.Id, "Noodles at one?", null);
        var content = RandomNumberGenerator.GetBytes(5_000);
        var map = await alice.SendFileAsync(room.Id, "map.png", "image/png", content, None);
        await RoomPlace.UntilAsync(bob, () => bob.Messages(bobs.Id).Any(m => m.File is not null));
        var kept = bob.Keep(bobs.Id);
        // heard after the state was written: it comes again, and is there once
        _ = alice.Send(room.Id, "Or two?", null);
        await RoomPlace.UntilAsync(bob, () => Texts(bob, bobs.Id).Contains("Or two?"));
        var seen = bob.Messages(bobs.Id);
        await bob.DisposeAsync();

        var again = place.Somebody();
        var back = await again.ResumeAsync(kept, seen, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.All(m => !m.Away));
        _ = again.Send(back.Id, "Half past", said.Id);
        again.React(back.Id, said.Id, "🍜");
        await RoomPlace.UntilAsync(alice, () => alice.Messages(room.Id).Any(m => m.ReplyTo == said.Id) && alice.Messages(room.Id).Single(m => m.Id == said.Id).Reactions.Count == 1);

        var lines = again.Messages(back.Id);
        Assert.Equal(seen.Select(m => (m.Id, m.Text, m.Position)), lines.Take(seen.Count).Select(m => (m.Id, m.Text, m.Position)));
        Assert.Equal(lines.Count, lines.DistinctBy(m => m.Position).Count());
        _ = Assert.Single(lines, m => m.Text == "Or two?");
        Assert.Equal("map.png", lines.Single(m => m.Id == map.Id).File?.Name);
        var (file, bytes) = await again.GetFileAsync(back.Id, map.Id, None);
        Assert.Equal(("map.png", "image/png", 5_000), (file.Name, file.Type, bytes.Length));
        Assert.Equal(content, bytes.ToArray());
        // and once more, from the state of the second stay
        var once = again.Keep(back.Id);
        var lately = again.Messages(back.Id);
        await again.DisposeAsync();
        var third = place.Somebody();
        var thirds = await third.ResumeAsync(once, lately, None);
        Assert.Equal(content, (await third.GetFileAsync(thirds.Id, map.Id, None)).Bytes.ToArray());
        Assert.True(once.Span.IndexOf("map.png"u8) < 0);
    }

    [Fact]
    public async Task A_label_is_set_changed_and_kept_and_the_others_hear_nothing_of_it()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 2);
        var events = alice.ListenAsync(None).GetAsyncEnumerator(None);

        alice.Label(room.Id, " Harbour ");
        while (await events.MoveNextAsync() && events.Current is not { Kind: RoomEventKind.RoomChanged, Room.Label: "Harbour" })
            continue;
        Assert.Equal(ClientError.BadName, Assert.Throws<ClientException>(() => alice.Label(room.Id, new string('x', 201))).Code);
        var kept = alice.Keep(room.Id);
        await alice.DisposeAsync();
        var again = place.Somebody();
        var back = await again.ResumeAsync(kept, None);

        Assert.Equal("Harbour", back.Label);
        Assert.Equal("", bob.Show(bobs.Id).Label);
        again.Label(back.Id, "");
        Assert.Equal("", again.Show(back.Id).Label);
    }

    [Fact]
    public async Task A_file_tells_how_far_it_is_and_can_be_stopped_on_its_way()
    {
        await using var place = await RoomPlace.StartAsync();
        var (alice, bob) = (place.Somebody(), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Members.Count == 2);
        var events = alice.ListenAsync(None).GetAsyncEnumerator(None);
        var file = RandomNumberGenerator.GetBytes(12 << 20);

        var stopped = alice.SendFileAsync(room.Id, "stopped.bin", "", file, "first", None).AsTask();
        while (await events.MoveNextAsync() && events.Current is not { Kind: RoomEventKind.FileProgress, Upload: "first" })
            continue;
        Assert.Equal(room.Id, events.Current.Id);
        Assert.InRange(events.Current.Sent, 1, file.Length);
        await alice.StopFileAsync(room.Id, "first");
        Assert.Equal(ClientError.FileStopped, (await Assert.ThrowsAsync<ClientException>(() => stopped)).Code);
        await alice.StopFileAsync(room.Id, "first");
        _ = await alice.SendFileAsync(room.Id, "whole.bin", "", file.AsMemory(0, 100_000), "second", None);
        var sent = new List<long>();
        while (await events.MoveNextAsync() && events.Current.Kind != RoomEventKind.MessageAdded)
        {
            if (events.Current is { Kind: RoomEventKind.FileProgress, Upload: "second" })
                sent.Add(events.Current.Sent);
        }
        await RoomPlace.UntilAsync(bob, () => bob.Messages(bobs.Id).Any(m => m.File is not null));

        Assert.Equal([65_536L, 100_000L], sent);
        Assert.Equal("whole.bin", Assert.Single(bob.Messages(bobs.Id), m => m.File is not null).File!.Name);
    }

    [Fact]
    public async Task Who_was_out_of_a_room_that_is_locked_meanwhile_is_told_so()
    {
        // of a relay that is not young any more
        var time = new FakeTime(DateTimeOffset.UtcNow);
        await using var place = await RoomPlace.StartAsync(options => options with { Clock = time });
        time.MoveTo(time.GetUtcNow() + RoomsNetwork.ReopenTime);
        var line = new LyingNetwork(RoomPlace.Network());
        var (alice, bob, elsewhere) = (place.Somebody(), place.Somebody(network: line), place.Somebody());
        var room = await alice.OpenAsync(null, "Alice", null, null, None);
        var bobs = await bob.EnterAsync(room.Code, null, "Bob", null, None);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 2);
        var kept = bob.Keep(bobs.Id);
        await line.CutAsync();
        // sooner than a minute
        await elsewhere.LeaveAsync((await elsewhere.ResumeAsync(kept, None)).Id);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Members.Count == 1);
        alice.Lock(room.Id, true);
        await RoomPlace.UntilAsync(alice, () => alice.Show(room.Id).Locked);
        line.IsCut = false;
        await RoomPlace.UntilAsync(bob, () => bob.Show(bobs.Id).Stage == RoomStage.Ended);

        Assert.Equal(RoomEnding.Locked, bob.Show(bobs.Id).Ending);
        Assert.Equal(RoomNotice.Ended, bob.Messages(bobs.Id)[^1].Notice);
    }

    [Fact]
    public async Task Who_gives_no_name_has_a_friendly_one_of_two_words()
    {
        await using var place = await RoomPlace.StartAsync();
        var room = await place.Somebody().OpenAsync(null, null, null, null, None);

        Assert.Matches("^[A-Z][a-z]+ [A-Z][a-z]+$", room.Name);
    }

    private static string[] Texts(RoomClient person, string room) => [.. person.Messages(room).Where(m => m.Notice == RoomNotice.None).Select(m => m.Text)];

    private static async Task<int> CountAsync(RoomPlace place)
    {
        for (var i = 0; i < 40 && place.Relay.Core.RoomCount > 0; i++)
            await Task.Delay(100, None);
        return place.Relay.Core.RoomCount;
    }
}
