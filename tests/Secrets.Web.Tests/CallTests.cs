using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Calls between two browsers, with the devices that Chromium plays and media that really flow.</summary>
public sealed class CallTests(Browser browser)
{
    [Fact]
    public async Task A_video_call_through_the_relays_server_shows_no_address_and_outlives_the_relay()
    {
        await using var chromium = await browser.LaunchAsync(Caller.FakeDevices);
        using var turn = await TurnServer.StartAsync();
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await CallAsync(world, "call-video", Screen.Desk, Screen.Phone);
            await alice.IsInCallAsync();
            await bob.IsInCallAsync();
            var seen = (await alice.FlowsAsync()).Single();
            var his = (await bob.FlowsAsync()).Single();
            Assert.Equal(("relay relay", "relay relay"), (seen.Way, his.Way));
            Assert.DoesNotContain("typ host", seen.Sdp + his.Sdp, StringComparison.Ordinal);
            Assert.Contains("cbr=1", seen.Sdp, StringComparison.Ordinal);
            Assert.DoesNotContain("audio-level", seen.Sdp, StringComparison.Ordinal);
            // the played camera is green with a pie in it: the same picture here and there
            Assert.True(seen.G > seen.R + 20 && seen.G > seen.B + 20, $"{seen}");
            Assert.InRange(his.G, seen.G - 25, seen.G + 25);

            await alice.Page.Locator(".call-words summary").ClickAsync();
            await bob.Page.Locator(".call-words summary").ClickAsync();
            var words = await alice.Page.Locator(".call-words .words").InnerTextAsync();
            Assert.Equal(4, words.Split(' ').Length);
            await Expect(bob.Page.Locator(".call-words .words")).ToHaveTextAsync(words);
            await Gallery.LookAsync(alice, "call");
            await Gallery.LookAsync(bob, "call");

            await bob.PressAsync("call-mute");
            await alice.SeesAsync("call-they-muted", ("who", "Bob"));
            await bob.PressAsync("call-camera-off");
            await Expect(alice.Page.Locator(".call .stage .fill")).ToHaveCountAsync(0);
            await bob.PressAsync("call-camera-on");
            await Expect(alice.Page.Locator(".call .stage .fill")).ToBeVisibleAsync();
            await alice.PressAsync("call-screen-on");
            await Expect(bob.Page.Locator(".call .stage .whole")).ToBeVisibleAsync();
            await alice.PressAsync("call-screen-off");
            await Expect(bob.Page.Locator(".call .stage .fill")).ToBeVisibleAsync();

            await world.StopRelayAsync();
            await bob.FlowsOnAsync();
            await world.StartRelayAsync();

            await alice.PressAsync("call-small");
            await alice.WriteAsync("Still there?");
            await alice.PressAsync("call-end");
            await Expect(bob.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);
            await Expect(alice.Page.Locator(".notice").Last).ToContainTextAsync(new Regex("Call, .*0:[0-9]{2}"));
            await Expect(bob.Page.Locator(".notice").Last).ToContainTextAsync(new Regex("Call, .*0:[0-9]{2}"));
            await alice.ClosedEverythingAsync();
            await bob.ClosedEverythingAsync();
        }, options => options with { Turn = [turn.Url], TurnSecretFile = turn.SecretFile });
    }

    [Fact]
    public async Task Without_a_server_the_person_is_told_who_will_see_the_address_and_a_call_can_be_declined_or_missed()
    {
        await using var chromium = await browser.LaunchAsync(Caller.FakeDevices);
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await PairAsync(world, Screen.Phone, Screen.Desk);
            await alice.PressAsync("call-voice");
            await alice.SeesAsync("call-address", ("who", "Bob"));
            await Gallery.LookAsync(alice, "call-before");
            await alice.PressInDialogAsync("call-begin");
            await Expect(bob.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("calls");
            await Gallery.LookAsync(bob, "call-ringing");
            await bob.PressAsync("call-decline");
            await alice.NoticesAsync("call-declined", "Bob");
            await Expect(alice.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);

            // it rings in every tab, and one answers
            var other = await bob.Context.NewPageAsync();
            _ = await other.GotoAsync(world.Address);
            await other.Locator(".shell").WaitForAsync();
            await alice.BeginCallAsync("call-voice");
            await Expect(other.GetByRole(AriaRole.Dialog)).ToContainTextAsync("calls");
            await AnswerAsync(bob);
            await alice.IsInCallAsync();
            await Expect(other.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await Expect(other.Locator(".call-bar")).ToContainTextAsync(Catalogue.Text("call-elsewhere"));
            await Gallery.LookAsync(alice, "call-voice");
            // behind a lock nobody is heard any more
            await bob.PressAsync("call-small");
            await bob.PickAsync("lock-now");
            await Expect(alice.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);
            await bob.ClosedEverythingAsync();
            await bob.UnlockAsync();
            await Expect(bob.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task A_certificate_in_between_ends_the_call_with_a_clear_word_on_both_sides()
    {
        await using var chromium = await browser.LaunchAsync(Caller.FakeDevices);
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await PairAsync(world, Screen.Desk, Screen.Phone, between: true);
            await alice.BeginCallAsync("call-voice");
            await AnswerAsync(bob);
            await alice.SeesAsync("error-wrong-certificate");
            await bob.SeesAsync("error-wrong-certificate");
            await alice.NoticesAsync("call-wrong-certificate", "Bob");
        });
    }

    [Fact]
    public async Task A_call_whose_way_is_gone_finds_another_and_goes_straight_only_where_both_want_that()
    {
        await using var chromium = await browser.LaunchAsync(Caller.FakeDevices);
        using var turn = await TurnServer.StartAsync();
        await World.PlayAsync(chromium, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await PairAsync(world, Screen.Phone, Screen.Desk);
            await alice.PressAsync("call-voice");
            await alice.IsQuietAsync(true);
            await alice.Field("call-quiet").UncheckAsync();
            await alice.IsQuietAsync(false);
            await alice.Field("call-quiet").CheckAsync();
            await alice.IsQuietAsync(true);
            await alice.PressInDialogAsync("call-begin");
            await AnswerAsync(bob);
            await alice.FlowsOnAsync(pictures: false);
            await Expect(alice.Page.GetByLabel(Catalogue.Text("call-quality-good"), new() { Exact = true })).ToBeVisibleAsync();

            // push to talk, also for whoever has just pointed at a button
            await bob.PressAsync("call-mute");
            await alice.SeesAsync("call-they-muted", ("who", "Bob"));
            await bob.Page.Keyboard.DownAsync("Space");
            await alice.SeesNotAsync("call-they-muted", ("who", "Bob"));
            Assert.True(await bob.SpeaksAsync());
            await bob.Page.Keyboard.UpAsync("Space");
            await alice.SeesAsync("call-they-muted", ("who", "Bob"));
            await bob.Page.Keyboard.DownAsync("Space");
            await alice.SeesNotAsync("call-they-muted", ("who", "Bob"));
            // another window comes to the front, which hears of the key's end
            _ = await bob.Page.EvaluateAsync("dispatchEvent(new Event('blur'))");
            await alice.SeesAsync("call-they-muted", ("who", "Bob"));
            Assert.False(await bob.SpeaksAsync());
            await bob.Page.Keyboard.UpAsync("Space");
            await bob.PressAsync("call-unmute");

            turn.Stop();
            await alice.SeesAsync("call-again");
            await Gallery.LookAsync(alice, "call-again");
            await turn.RestartAsync();
            foreach (var person in new[] { alice, bob })
            {
                await person.IsInCallAsync();
                await person.FlowsOnAsync(pictures: false);
                Assert.Equal("relay relay", (await person.FlowsAsync(pictures: false)).Single().Way);
            }
            await bob.PressAsync("call-end");
            await alice.ClosedEverythingAsync();

            await alice.PressAsync("call-voice");
            var straight = alice.Page.GetByLabel(Catalogue.Text("call-straight", ("who", "Bob")), new() { Exact = true });
            await straight.CheckAsync();
            await Gallery.LookAsync(alice, "call-before-straight");
            await alice.PressInDialogAsync("call-begin");
            await AnswerAsync(bob);
            // only she did: he neither shows his address nor goes to hers
            Assert.DoesNotContain("typ host", (await alice.FlowsAsync(pictures: false)).Single().Sdp, StringComparison.Ordinal);
            Assert.StartsWith("relay ", (await bob.FlowsAsync(pictures: false)).Single().Way, StringComparison.Ordinal);
            await bob.PressAsync("call-end");
            await alice.ClosedEverythingAsync();

            await alice.PressAsync("call-voice");
            // it is chosen for one call at a time
            await Expect(straight).Not.ToBeCheckedAsync();
            await straight.CheckAsync();
            await alice.PressInDialogAsync("call-begin");
            await bob.PressAsync("call-answer");
            await bob.Page.GetByLabel(Catalogue.Text("call-straight", ("who", "Alice")), new() { Exact = true }).CheckAsync();
            await bob.PressInDialogAsync("call-take");
            foreach (var person in new[] { alice, bob })
                Assert.DoesNotContain("relay", (await person.FlowsAsync(pictures: false)).Single().Way, StringComparison.Ordinal);
            await alice.PressAsync("call-end");
            await bob.ClosedEverythingAsync();
        }, options => options with { Turn = [turn.Url], TurnSecretFile = turn.SecretFile });
    }

    [Fact]
    [Trait("Run", "Long")]
    public async Task The_others_picture_is_put_into_a_window_of_its_own_and_a_person_with_two_cameras_shows_the_other_one()
    {
        // the shell has no windows
        await using var whole = await browser.LaunchWholeAsync(["--use-fake-device-for-media-stream=device-count=2", .. Caller.FakeDevices[1..]]);
        await World.PlayAsync(whole, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await CallAsync(world, "call-video", Screen.Desk, Screen.Phone);
            _ = await alice.FlowsAsync();
            await alice.PressAsync("call-float");
            await alice.UntilAsync("document.pictureInPictureElement?.matches('.call .stage video.fill')");
            // it goes with the picture
            await bob.PressAsync("call-camera-off");
            await alice.UntilAsync("document.pictureInPictureElement === null");
            var first = await alice.CameraAsync();
            await Gallery.LookAsync(alice, "call-two-cameras");
            // a made camera looks nowhere: the other one says that it looks away, as a phone's does
            _ = await alice.Page.EvaluateAsync($$"""
                ((settings) => {
                  MediaStreamTrack.prototype.getSettings = function () {
                    const are = settings.call(this);
                    return this.kind === 'audio' || are.deviceId === '{{first}}' ? are : { ...are, facingMode: 'environment' };
                  };
                })(MediaStreamTrack.prototype.getSettings)
                """);
            await alice.UntilAsync("document.querySelector('.call video.own.mirrored') !== null");
            await alice.PressAsync("call-camera-next");
            await alice.UntilAsync($"opened.some((track) => track.kind === 'video' && track.readyState === 'live' && track.getSettings().deviceId !== '{first}')");
            await alice.UntilAsync("document.querySelector('.call video.own:not(.mirrored)') !== null");
            await alice.PressAsync("call-camera-next");
            await alice.UntilAsync($"opened.some((track) => track.kind === 'video' && track.readyState === 'live' && track.getSettings().deviceId === '{first}')");
            await alice.UntilAsync("document.querySelector('.call video.own.mirrored') !== null");
            await bob.FlowsOnAsync();
            // one at a time
            Assert.Equal(1, await alice.Page.EvaluateAsync<int>("opened.filter((track) => track.kind === 'video' && track.readyState === 'live').length"));
            await Gallery.LookAsync(bob, "call-two-cameras");
            await bob.PressAsync("call-end");
            await alice.ClosedEverythingAsync();
        });
    }

    private static async Task<(Person Alice, Person Bob)> PairAsync(World world, Screen first, Screen second, bool between = false)
    {
        var pair = await world.PairAsync(first, second);
        await pair.Alice.WatchCallsAsync(between);
        await pair.Bob.WatchCallsAsync();
        return pair;
    }

    private static async Task<(Person Alice, Person Bob)> CallAsync(World world, string how, Screen first, Screen second)
    {
        var (alice, bob) = await PairAsync(world, first, second);
        await alice.BeginCallAsync(how);
        await AnswerAsync(bob);
        return (alice, bob);
    }

    private static async Task AnswerAsync(Person person)
    {
        await person.PressAsync("call-answer");
        await person.PressInDialogAsync("call-take");
    }
}
