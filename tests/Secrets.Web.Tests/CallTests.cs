using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Calls between two browsers, with the devices that Chromium plays and media that really flow.</summary>
public sealed class CallTests(Browser browser)
{
    private static readonly string[] FakeDevices = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

    // small pictures, so that two browsers fit on this machine, and a look at what the page keeps to itself
    private const string Watch = """
        globalThis.opened = [];
        globalThis.connections = [];
        const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wish) => {
          const stream = await get(wish.video ? { video: { width: 320, height: 180, frameRate: 10 } } : wish);
          opened.push(...stream.getTracks());
          return stream;
        };
        const Whole = RTCPeerConnection;
        globalThis.RTCPeerConnection = class extends Whole { constructor(...a) { super(...a); connections.push(this); } };
        """;

    // somebody between, with a certificate of their own
    private const string Swap = """
        const take = Whole.prototype.setRemoteDescription;
        Whole.prototype.setRemoteDescription = function (d) {
          return take.call(this, { type: d.type, sdp: d.sdp.replace(/(a=fingerprint:sha-256 )([0-9A-F:]+)/gi, (_, a, b) => a + b.split(':').reverse().join(':')) });
        };
        """;

    private const string Flows = """
        async () => {
          const video = document.querySelector('.call .stage .fill');
          if (video === null || video.videoWidth === 0) return null;
          const canvas = document.createElement('canvas');
          canvas.width = 32; canvas.height = 18;
          const drawing = canvas.getContext('2d');
          drawing.drawImage(video, 0, 0, 32, 18);
          const { data } = drawing.getImageData(0, 0, 32, 18);
          let [r, g, b] = [0, 0, 0];
          for (let i = 0; i < data.length; i += 4) { r += data[i]; g += data[i + 1]; b += data[i + 2]; }
          const stats = [...(await connections.at(-1).getStats()).values()];
          const sound = stats.find((s) => s.type === 'inbound-rtp' && s.kind === 'audio');
          const picture = stats.filter((s) => s.type === 'inbound-rtp' && s.kind === 'video').reduce((most, s) => Math.max(most, s.framesDecoded ?? 0), 0);
          const pair = stats.find((s) => s.type === 'candidate-pair' && s.nominated);
          const kind = (id) => stats.find((s) => s.id === id)?.candidateType;
          return { r: r / 576, g: g / 576, b: b / 576, frames: picture, soundBytes: sound?.bytesReceived ?? 0, energy: sound?.totalAudioEnergy ?? 0,
            way: `${kind(pair?.localCandidateId)} ${kind(pair?.remoteCandidateId)}`, sdp: connections.at(-1).remoteDescription.sdp };
        }
        """;

    [Fact]
    public async Task A_video_call_through_the_relays_server_shows_no_address_and_outlives_the_relay()
    {
        await using var whole = await browser.LaunchAsync(FakeDevices);
        using var turn = await TurnServer.StartAsync();
        await World.PlayAsync(whole, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await CallAsync(world, "call-video", Screen.Desk, Screen.Phone);
            await InCallAsync(alice, bob);
            var seen = await FlowsAsync(alice);
            var his = await FlowsAsync(bob);
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
            await LookAsync(alice, "call");
            await LookAsync(bob, "call");

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
            var before = await FlowsAsync(bob);
            await Task.Delay(TimeSpan.FromSeconds(3));
            Assert.True((await FlowsAsync(bob)).Frames > before.Frames);
            await world.StartRelayAsync();

            await alice.PressAsync("call-small");
            await alice.WriteAsync("Still there?");
            await alice.PressAsync("call-end");
            await Expect(bob.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);
            await Expect(alice.Page.Locator(".notice").Last).ToContainTextAsync(new Regex("Call, .*0:[0-9]{2}"));
            await Expect(bob.Page.Locator(".notice").Last).ToContainTextAsync(new Regex("Call, .*0:[0-9]{2}"));
            Assert.True(await alice.Page.EvaluateAsync<bool>("opened.length > 1 && opened.every((t) => t.readyState === 'ended')"));
            Assert.True(await bob.Page.EvaluateAsync<bool>("opened.length > 1 && opened.every((t) => t.readyState === 'ended')"));
        }, options => options with { Turn = [turn.Url], TurnSecretFile = turn.SecretFile });
    }

    [Fact]
    public async Task Without_a_server_the_person_is_told_who_will_see_the_address_and_a_call_can_be_declined_or_missed()
    {
        await using var whole = await browser.LaunchAsync(FakeDevices);
        await World.PlayAsync(whole, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await PairAsync(world, Screen.Phone, Screen.Desk);
            await alice.PressAsync("call-voice");
            await alice.SeesAsync("call-address", ("who", "Bob"));
            await LookAsync(alice, "call-before");
            await alice.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = Catalogue.Text("call-begin"), Exact = true }).ClickAsync();
            await Expect(bob.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("calls");
            await LookAsync(bob, "call-ringing");
            await bob.PressAsync("call-decline");
            await alice.NoticesAsync("call-declined", "Bob");
            await Expect(alice.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);

            // it rings in every tab, and one answers
            var other = await bob.Context.NewPageAsync();
            _ = await other.GotoAsync(world.Address);
            await other.Locator(".shell").WaitForAsync();
            await StartAsync(alice, "call-voice");
            await Expect(other.GetByRole(AriaRole.Dialog)).ToContainTextAsync("calls");
            await AnswerAsync(bob);
            await Expect(alice.Page.Locator(".call header p")).ToHaveTextAsync(new Regex("^[0-9]+:[0-9]{2}$"));
            await Expect(other.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await Expect(other.Locator(".call-bar")).ToContainTextAsync(Catalogue.Text("call-elsewhere"));
            await LookAsync(alice, "call-voice");
            await bob.PressAsync("call-end");
            await Expect(alice.Page.Locator(".call, .call-bar")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task A_certificate_in_between_ends_the_call_with_a_clear_word_on_both_sides()
    {
        await using var whole = await browser.LaunchAsync(FakeDevices);
        await World.PlayAsync(whole, browser.CheapWeb, async world =>
        {
            var (alice, bob) = await PairAsync(world, Screen.Desk, Screen.Phone, Swap);
            await StartAsync(alice, "call-voice");
            await AnswerAsync(bob);
            await alice.SeesAsync("error-wrong-certificate");
            await bob.SeesAsync("error-wrong-certificate");
            await alice.NoticesAsync("call-wrong-certificate", "Bob");
        });
    }

    private static async Task<(Person Alice, Person Bob)> PairAsync(World world, Screen first, Screen second, string more = "")
    {
        var pair = await world.PairAsync(first, second);
        await pair.Alice.Page.EvaluateAsync($"(() => {{ {Watch} {more} }})()");
        await pair.Bob.Page.EvaluateAsync($"(() => {{ {Watch} }})()");
        return pair;
    }

    private static async Task<(Person Alice, Person Bob)> CallAsync(World world, string how, Screen first, Screen second)
    {
        var (alice, bob) = await PairAsync(world, first, second);
        await StartAsync(alice, how);
        await AnswerAsync(bob);
        return (alice, bob);
    }

    private static async Task StartAsync(Person person, string how)
    {
        await person.PressAsync(how);
        await person.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = Catalogue.Text("call-begin"), Exact = true }).ClickAsync();
    }

    private static async Task AnswerAsync(Person person)
    {
        await person.PressAsync("call-answer");
        await person.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = Catalogue.Text("call-take"), Exact = true }).ClickAsync();
    }

    private static async Task LookAsync(Person person, string name)
    {
        var gallery = new Gallery(Screen.Of(person.Page.ViewportSize!.Width));
        await gallery.HangAsync(person, name);
        Assert.Empty(gallery.Faults);
    }

    private static async Task InCallAsync(params Person[] people)
    {
        foreach (var person in people)
            await Expect(person.Page.Locator(".call header p")).ToHaveTextAsync(new Regex("^[0-9]+:[0-9]{2}$"));
    }

    /// <summary>Waits until pictures and sound have come, and says what they are.</summary>
    private static async Task<Media> FlowsAsync(Person person)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await person.Page.EvaluateAsync<Media?>(Flows) is { Frames: > 5, SoundBytes: > 1_000, Energy: > 0 } media)
                return media;
            await Task.Delay(200);
        }
        throw new TimeoutException($"No media come to {person.Name}: {await person.Page.EvaluateAsync<string>("async () => JSON.stringify([document.querySelectorAll('video').length, [...document.querySelectorAll('video')].map(v => [v.className, v.videoWidth, v.readyState, v.paused]), connections.length, [...(await connections.at(-1).getStats()).values()].filter(s => s.type === 'inbound-rtp' || s.type === 'outbound-rtp').map(s => [s.type, s.kind, s.framesDecoded, s.framesSent, s.bytesReceived, s.bytesSent, s.totalAudioEnergy]), connections.at(-1).getTransceivers().map(t => [t.mid, t.direction, t.currentDirection, t.sender.track?.kind])])")}");
    }

    private sealed record Media
    {
        public double R { get; init; }

        public double G { get; init; }

        public double B { get; init; }

        public double Frames { get; init; }

        public double SoundBytes { get; init; }

        public double Energy { get; init; }

        public string Way { get; init; } = "";

        public string Sdp { get; init; } = "";
    }
}
