using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Secrets.Web.Tests.Support.Catalogue;

namespace Secrets.Web.Tests.Support;

/// <summary>Somebody in a call, with the devices that Chromium plays and media that really flow.</summary>
internal static class Caller
{
    public static readonly string[] FakeDevices = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

    // small pictures, so that several browsers fit on one machine, and a look at what the page keeps to itself
    private const string Watch = """
        globalThis.opened = [];
        globalThis.connections = [];
        const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wish) => {
          const stream = await get(wish.video ? { video: { deviceId: wish.video.deviceId ?? {}, width: 320, height: 180, frameRate: 10 } } : wish);
          opened.push(...stream.getTracks());
          return stream;
        };
        globalThis.blurs = [];
        const Helper = Worker;
        globalThis.Worker = class extends Helper { constructor(...a) { super(...a); if (`${a[0]}`.includes('blur')) blurs.push(this); } };
        // the played camera would grow with what it is allowed
        MediaStreamTrack.prototype.applyConstraints = async function (wish) { this.wish = wish; };
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
          const pictures = [...document.querySelectorAll('.call .stage video:not(.own)')].filter((video) => video.videoWidth > 0).map((video) => {
            const canvas = document.createElement('canvas');
            canvas.width = 32; canvas.height = 18;
            const drawing = canvas.getContext('2d');
            drawing.drawImage(video, 0, 0, 32, 18);
            const { data } = drawing.getImageData(0, 0, 32, 18);
            let [r, g, b] = [0, 0, 0];
            for (let i = 0; i < data.length; i += 4) { r += data[i]; g += data[i + 1]; b += data[i + 2]; }
            return { r: r / 576, g: g / 576, b: b / 576 };
          });
          return Promise.all(connections.filter((one) => one.connectionState === 'connected').map(async (one, at) => {
            const stats = [...(await one.getStats()).values()];
            const sound = stats.find((s) => s.type === 'inbound-rtp' && s.kind === 'audio');
            const frames = stats.filter((s) => s.type === 'inbound-rtp' && s.kind === 'video').reduce((most, s) => Math.max(most, s.framesDecoded ?? 0), 0);
            const pair = stats.find((s) => s.type === 'candidate-pair' && s.nominated);
            const kind = (id) => stats.find((s) => s.id === id)?.candidateType;
            return { frames, soundBytes: sound?.bytesReceived ?? 0, energy: sound?.totalAudioEnergy ?? 0, r: 0, g: 0, b: 0, ...pictures[at],
              way: `${kind(pair?.localCandidateId)} ${kind(pair?.remoteCandidateId)}`, sdp: one.remoteDescription.sdp };
          }));
        }
        """;

    /// <summary>From here on what the page opens is known; if wanted, somebody with another certificate is between this person and everybody else.</summary>
    public static Task WatchCallsAsync(this Person person, bool between = false) => person.Page.EvaluateAsync($"(() => {{ {Watch} {(between ? Swap : "")} }})()");

    public static Task PressInDialogAsync(this Person person, string id) =>
        person.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = Text(id), Exact = true }).ClickAsync();

    /// <summary>Presses the button, call-voice or call-video, and begins.</summary>
    public static async Task BeginCallAsync(this Person person, string how)
    {
        await person.PressAsync(how);
        await person.PressInDialogAsync("call-begin");
    }

    /// <summary>Waits until the call's time runs.</summary>
    public static Task IsInCallAsync(this Person person) => Expect(person.Page.Locator(".call header p")).ToHaveTextAsync(new Regex("^[0-9]+:[0-9]{2}$"));

    /// <summary>Waits until pictures and sound have come from everybody else, and says what they are.</summary>
    public static async Task<Flow[]> FlowsAsync(this Person person, int others = 1, bool pictures = true)
    {
        Flow[] flows = [];
        for (var i = 0; i < 150; i++)
        {
            flows = await person.Page.EvaluateAsync<Flow[]>(Flows);
            if (flows.Length == others && flows.All(flow => flow is { SoundBytes: > 1_000, Energy: > 0 } && (!pictures || flow is { Frames: > 5, G: > 0 })))
                return flows;
            await Task.Delay(200);
        }
        throw new TimeoutException($"To {person.Name} come: {string.Join(", ", flows.Select(static flow => flow with { Sdp = "" }))}");
    }

    /// <summary>From everybody more pictures come, or more sound.</summary>
    public static async Task FlowsOnAsync(this Person person, int others = 1, bool pictures = true)
    {
        var before = await person.FlowsAsync(others, pictures);
        for (var i = 0; i < 50; i++)
        {
            await Task.Delay(200);
            if ((await person.FlowsAsync(others, pictures)).Zip(before).All(pair => pictures ? pair.First.Frames > pair.Second.Frames + 5 : pair.First.SoundBytes > pair.Second.SoundBytes + 1_000))
                return;
        }
        throw new TimeoutException($"What comes stands still at {person.Name}.");
    }

    /// <summary>Waits until every picture on the stage has begun.</summary>
    public static Task ShowsAsync(this Person person) => person.UntilAsync("[...document.querySelectorAll('.call .stage video')].every((video) => video.readyState >= 2)");

    /// <summary>Before a call: that what is behind the person be blurred.</summary>
    public static Task ChooseBlurAsync(this Person person) => person.Page.Locator("dialog").GetByLabel(new Regex(Regex.Escape(Text("call-blur")))).CheckAsync();

    /// <summary>Before a call: waits until the person sees how they look.</summary>
    public static Task SeesLookAsync(this Person person) => person.UntilAsync("document.querySelector('video.call-look')?.readyState >= 2");

    /// <summary>The mean step of brightness between two neighbouring points of what comes from the other one, 0 to 255; -1 while nothing comes.</summary>
    public static Task<double> SharpnessAsync(this Person person) => person.Page.EvaluateAsync<double>("""
        () => {
          const video = document.querySelector('.call .stage video:not(.own)');
          if (!video?.videoWidth) return -1;
          const [width, height] = [video.videoWidth, video.videoHeight];
          const drawing = new OffscreenCanvas(width, height).getContext('2d');
          drawing.drawImage(video, 0, 0);
          const { data } = drawing.getImageData(0, 0, width, height);
          let steps = 0;
          for (let i = 1; i < width * height; i++) if (i % width > 0) steps += Math.abs(data[4 * i + 1] - data[4 * i - 3]);
          return steps / width / height;
        }
        """);

    /// <summary>No camera's light is left on.</summary>
    public static Task ClosedEverythingAsync(this Person person) =>
        person.UntilAsync("opened.length > 0 && opened.every((track) => track.readyState === 'ended') && connections.every((one) => one.connectionState === 'closed')");

    /// <summary>Before a call: waits until the microphone that is open has its noise filtered, or not.</summary>
    public static Task IsQuietAsync(this Person person, bool isSo) =>
        person.UntilAsync($"opened.filter((track) => track.readyState === 'live').map((track) => track.getSettings().noiseSuppression).join() === '{(isSo ? "true" : "false")}'");

    /// <summary>What the microphone hears goes out.</summary>
    public static Task<bool> SpeaksAsync(this Person person) => person.Page.EvaluateAsync<bool>("opened.some((track) => track.kind === 'audio' && track.readyState === 'live' && track.enabled)");

    /// <summary>The id of the camera that is open.</summary>
    public static Task<string> CameraAsync(this Person person) => person.Page.EvaluateAsync<string>("opened.find((track) => track.kind === 'video' && track.readyState === 'live').getSettings().deviceId");

    /// <summary>Waits until something is so in the page. Playwright's own waiting is an eval, which the page's policy forbids.</summary>
    public static async Task UntilAsync(this Person person, string isSo)
    {
        for (var i = 0; i < 150; i++)
        {
            if (await person.Page.EvaluateAsync<bool>(isSo))
                return;
            await Task.Delay(200);
        }
        throw new TimeoutException($"{person.Name}: {isSo}");
    }
}
