using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Calls in a room, between people who have no identity. Four browsers with moving pictures leave no room for other tests beside them.</summary>
[Collection(Alone.Name)]
public sealed class RoomCallTests(Browser browser)
{
    private const string NoCamera = "opened.filter((track) => track.kind === 'video').every((track) => track.readyState === 'ended')";

    [Fact]
    public async Task Four_people_on_phones_and_desks_are_in_a_call_that_outlives_the_relay_and_ends_with_the_room()
    {
        await using var chromium = await browser.LaunchAsync(Caller.FakeDevices);
        using var turn = await TurnServer.StartAsync();
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var people = await MeetAsync(world, [Screen.Desk, Screen.Phone, Screen.Tablet, Screen.Phone]);
            var (alice, bob, carol, dave) = (people[0], people[1], people[2], people[3]);
            await alice.BeginCallAsync("call-video");
            await alice.SeesAsync("call-alone");
            await bob.RoomNoticesAsync("call-began", "Alice");
            if (Screen.IsLong)
                await Gallery.LookAsync(bob, "room-call-begun");
            foreach (var person in new[] { bob, carol, dave })
            {
                await TakePartAsync(person);
                await person.IsInCallAsync();
            }
            foreach (var person in people)
            {
                Assert.All(await person.FlowsAsync(others: 3), static flow =>
                {
                    Assert.Equal("relay relay", flow.Way);
                    Assert.DoesNotContain("typ host", flow.Sdp, StringComparison.Ordinal);
                    Assert.Contains("cbr=1", flow.Sdp, StringComparison.Ordinal);
                    // the played camera's colour
                    Assert.True(flow.G > flow.R + 20 && flow.G > flow.B + 20, $"{flow with { Sdp = "" }}");
                });
                // three are sent to: smaller pictures for each
                Assert.Equal(360, await person.Page.EvaluateAsync<int>("opened.findLast((track) => track.kind === 'video').wish?.height.ideal"));
            }
            await CompareWordsAsync(people);
            if (Screen.IsLong)
                await Gallery.LookAsync(alice, "room-call-grid");
            await Gallery.LookAsync(bob, "room-call-grid");
            _ = await bob.Page.EvaluateAsync("globalThis.before = [...document.querySelectorAll('.call .stage video')]");
            await bob.PressAsync("call-view-speaker");
            await Expect(bob.Page.Locator(".call .stage .large video")).ToBeVisibleAsync();
            // no picture begins anew
            Assert.True(await bob.Page.EvaluateAsync<bool>("before.length === 4 && [...document.querySelectorAll('.call .stage video')].every((video) => before.includes(video))"));
            if (Screen.IsLong)
                await Gallery.LookAsync(bob, "room-call-speaker");
            await alice.PressAsync("call-screen-on");
            await Expect(carol.Page.Locator(".call .stage .large .whole")).ToBeVisibleAsync();
            await carol.ShowsAsync();
            await Gallery.LookAsync(carol, "room-call-screen");
            await alice.PressAsync("call-screen-off");
            // told through the relay, which is stopped next
            foreach (var person in new[] { carol, dave })
                await Expect(person.Page.Locator(".call .stage .large")).ToHaveCountAsync(0);

            await world.StopRelayAsync();
            await dave.FlowsOnAsync(others: 3);
            await world.StartRelayAsync();
            await bob.PressAsync("call-small-room");
            await Expect(bob.Page.Locator(".room")).Not.ToContainTextAsync(Catalogue.Text("room-connecting"));
            await bob.WriteAsync("Still there?");
            if (Screen.IsLong)
                await Gallery.LookAsync(bob, "room-call-bar");
            await bob.PressAsync("call-end");
            await Expect(alice.Page.Locator(".call .stage .tile")).ToHaveCountAsync(3);
            await Expect(bob.Page.Locator(".room-call")).ToContainTextAsync("Alice");
            await bob.ClosedEverythingAsync();
            Assert.Equal(2, (await alice.FlowsAsync(others: 2)).Length);

            await alice.PressAsync("call-small-room");
            await alice.PressAsync("room-details");
            await alice.PressAsync("room-end");
            await alice.Page.Locator("dialog .danger").ClickAsync();
            foreach (var person in new[] { bob, carol, dave })
            {
                await person.SeesAsync("room-ended-closed");
                await Expect(person.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);
                await person.ClosedEverythingAsync();
            }
            await alice.ClosedEverythingAsync();
        }, options => options with { Turn = [turn.Url], TurnSecretFile = turn.SecretFile });
    }

    [Fact]
    public async Task Without_a_server_everybody_is_told_who_will_see_the_address_and_a_certificate_in_between_is_named()
    {
        await using var chromium = await browser.LaunchAsync(Caller.FakeDevices);
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var people = await MeetAsync(world, [Screen.Desk, Screen.Phone, Screen.Phone], between: 2);
            var (alice, bob, carol) = (people[0], people[1], people[2]);
            await alice.PressAsync("call-voice");
            await alice.SeesAsync("call-address-room");
            await Gallery.LookAsync(alice, "room-call-before");
            await alice.PressInDialogAsync("call-begin");
            await alice.SeesAsync("call-alone");
            await Gallery.LookAsync(alice, "room-call-alone");
            await TakePartAsync(bob);
            foreach (var person in new[] { alice, bob })
            {
                await person.IsInCallAsync();
                _ = await person.FlowsAsync(pictures: false);
            }
            await Gallery.LookAsync(bob, "room-call-two");
            await bob.PressAsync("call-mute");
            await alice.SeesAsync("call-they-muted", ("who", "Bob"));
            await bob.PressAsync("call-unmute");

            await TakePartAsync(carol);
            foreach (var person in new[] { alice, bob })
                await carol.SeesAsync("error-wrong-certificate-of", ("who", person.Name));
            await alice.SeesAsync("error-wrong-certificate-of", ("who", "Carol"));
            await bob.SeesAsync("error-wrong-certificate-of", ("who", "Carol"));
            await Expect(carol.Page.GetByText(Catalogue.Text("call-distrusted"))).ToHaveCountAsync(3);
            await Expect(alice.Page.Locator(".call .tile").Filter(new() { HasText = "Carol" })).ToContainTextAsync(Catalogue.Text("call-distrusted"));
            await Gallery.LookAsync(carol, "room-call-distrusted");
            await Gallery.LookAsync(alice, "room-call-distrusted");
            // the two of whom everything is right go on
            _ = await alice.FlowsAsync(pictures: false);
            await bob.PressAsync("call-end");
            await bob.ClosedEverythingAsync();
        });
    }

    [Fact]
    public async Task What_is_behind_somebody_is_blurred_and_where_it_cannot_be_nothing_is_shown()
    {
        using var camera = new TilesCamera();
        await using var chromium = await browser.LaunchAsync([.. Caller.FakeDevices, $"--use-file-for-fake-video-capture={camera.File}"]);
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var people = await MeetAsync(world, [Screen.Desk, Screen.Phone]);
            var (alice, bob) = (people[0], people[1]);
            await alice.PressAsync("call-video");
            await alice.ChooseBlurAsync();
            await alice.SeesLookAsync();
            await Gallery.LookAsync(alice, "room-call-blur");
            await alice.PressInDialogAsync("call-begin");
            await bob.PressAsync("call-join");
            await bob.SeesLookAsync();
            await bob.PressInDialogAsync("call-join");
            _ = await alice.FlowsAsync();
            _ = await bob.FlowsAsync();
            // what nobody blurred has edges
            var sharp = await alice.SharpnessAsync();
            Assert.InRange(sharp, 10, 255);
            Assert.InRange(await bob.SharpnessAsync(), 0, sharp / 4);
            await alice.PressAsync("call-camera-off");
            await Expect(bob.Page.Locator(".call .stage .fill")).ToHaveCountAsync(0);
            await alice.PressAsync("call-camera-on");
            await Expect(bob.Page.Locator(".call .stage .fill")).ToBeVisibleAsync();
            await bob.ShowsAsync();
            Assert.InRange(await bob.SharpnessAsync(), 0, sharp / 4);
            // in the middle of the call it can be switched off and on
            await alice.PressAsync("call-blur-off");
            await SeesAsync(sharp / 2, 255);
            await Gallery.LookAsync(alice, "room-call-sharp");
            await alice.PressAsync("call-blur-on");
            await SeesAsync(0, sharp / 4);
            Assert.True(await alice.Page.EvaluateAsync<bool>("connections.at(-1).getSenders().every(({ track }) => track === null || track.kind === 'audio' || !opened.includes(track))"));
            await Gallery.LookAsync(alice, "room-call-blurred");
            await Gallery.LookAsync(bob, "room-call-blurred");
            // what blurs fails in the middle of the call
            _ = await alice.Page.EvaluateAsync("blurs.at(-1).dispatchEvent(new Event('error'))");
            await alice.SeesAsync("error-blur");
            await Expect(bob.Page.Locator(".call .stage .fill")).ToHaveCountAsync(0);
            Assert.True(await alice.Page.EvaluateAsync<bool>(NoCamera));

            var carol = await world.PersonAsync("Carol", Screen.Phone);
            carol.MayComplain = true;
            await carol.Context.RouteAsync("**/*.tflite", static route => route.AbortAsync());
            await carol.VisitAsync();
            _ = await carol.OpenRoomAsync("Alone");
            await carol.WatchCallsAsync();
            await carol.PressAsync("call-voice");
            await carol.Field("call-with-video").CheckAsync();
            await carol.SeesLookAsync();
            await carol.ChooseBlurAsync();
            await carol.SeesAsync("error-blur");
            await Expect(carol.Page.Locator("video.call-look")).ToHaveCountAsync(0);
            await Gallery.LookAsync(carol, "room-call-no-blur");
            Assert.True(await carol.Page.EvaluateAsync<bool>(NoCamera));
            foreach (var person in people)
            {
                await person.PressAsync("call-end");
                await person.ClosedEverythingAsync();
            }

            async Task SeesAsync(double least, double most)
            {
                var seen = -1.0;
                for (var i = 0; i < 150 && !(seen >= least && seen <= most); i++)
                {
                    await Task.Delay(200);
                    seen = await bob.SharpnessAsync();
                }
                Assert.InRange(seen, least, most);
            }
        });
    }

    [Fact]
    [Trait("Run", "Long")]
    public async Task Six_are_in_a_call_and_a_seventh_is_told_in_the_room_and_in_the_dialog()
    {
        await using var chromium = await browser.LaunchAsync(Caller.FakeDevices);
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var people = await MeetAsync(world, [.. Enumerable.Repeat(Screen.Phone, 7)]);
            var (last, late) = (people[5], people[6]);
            await Expect(late.Page.Locator(".notice").First).ToContainTextAsync(Catalogue.Text("room-notice-others", ("count", "2")));
            await people[0].BeginCallAsync("call-voice");
            foreach (var person in people[1..5])
                await TakePartAsync(person);
            foreach (var person in people[..5])
                _ = await person.FlowsAsync(others: 4, pictures: false);
            // one is a moment too late
            await late.PressAsync("call-join");
            await TakePartAsync(last);
            foreach (var person in people[..6])
                _ = await person.FlowsAsync(others: 5, pictures: false);
            await late.PressInDialogAsync("call-join");
            await late.SeesAsync("error-call-is-full");
            await Gallery.LookAsync(late, "room-call-full-dialog");
            await late.PressInDialogAsync("cancel");
            await late.SeesAsync("call-room-full");
            await Expect(late.Button("call-join")).ToHaveCountAsync(0);
            await Gallery.LookAsync(late, "room-call-full");
            await Gallery.LookAsync(last, "room-call-six");
            await late.ClosedEverythingAsync();

            await last.PressAsync("call-end");
            await TakePartAsync(late);
            _ = await late.FlowsAsync(others: 5, pictures: false);
            foreach (var person in people[..5].Append(late))
            {
                await person.PressAsync("call-end");
                await person.ClosedEverythingAsync();
            }
        });
    }

    private static async Task<Person[]> MeetAsync(World world, Screen[] screens, int between = -1)
    {
        var people = await world.MeetInRoomAsync(screens);
        for (var i = 0; i < people.Length; i++)
            await people[i].WatchCallsAsync(i == between);
        return people;
    }

    private static async Task TakePartAsync(Person person)
    {
        await person.PressAsync("call-join");
        await person.PressInDialogAsync("call-join");
    }

    private static async Task CompareWordsAsync(Person[] people)
    {
        var words = new Dictionary<(string, string), string>();
        foreach (var person in people)
        {
            await person.Page.Locator(".call-words summary").ClickAsync();
            await Expect(person.Page.Locator(".call-words dd")).ToHaveCountAsync(people.Length - 1);
            foreach (var other in people.Where(other => other != person))
                words[(person.Name, other.Name)] = await person.Page.Locator(".call-words dl > div").Filter(new() { HasText = other.Name }).Locator("dd").InnerTextAsync();
        }
        Assert.All(words, one => Assert.Equal(one.Value, words[(one.Key.Item2, one.Key.Item1)]));
        Assert.Equal(people.Length * (people.Length - 1) / 2, words.Values.Distinct().Count());
        foreach (var person in people)
            await person.Page.Locator(".call-words summary").ClickAsync();
    }
}
