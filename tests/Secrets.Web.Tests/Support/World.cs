using System.Net;
using System.Text;
using Microsoft.Playwright;
using Secrets.Console.Tests.Support;
using Secrets.Relay;

namespace Secrets.Web.Tests.Support;

/// <summary>A relay that serves the app, and the people around it. Ends with asking whether any page had something to complain about.</summary>
internal sealed class World : IAsyncDisposable
{
    private const string NoServiceWorkers = "if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('', 'SecurityError'))";

    private readonly IBrowser _browser;
    private readonly ConsoleWorld _console;
    private readonly List<Person> _people = [];
    private RelayOptions _options;
    private RelayHost? _relay;

    private World(IBrowser browser, ConsoleWorld console, RelayOptions options)
    {
        _browser = browser;
        _console = console;
        _options = options;
    }

    /// <summary>Whoever comes from here on has a browser that keeps the app by its service worker. Most of what people do doesn't need it, and it is a quarter of the work of a page.</summary>
    public bool HasServiceWorkers { get; set; }

    /// <summary>Where the app is, with its last slash.</summary>
    public string Address => $"http://{_options.Listen}/";

    /// <summary>Plays a test in a world of its own. Where it fails, what everybody saw is kept.</summary>
    public static Task PlayAsync(Browser browser, Func<World, Task> play) => PlayAsync(browser.Chromium, browser.CheapWeb, play);

    /// <summary>Plays a test in a browser, which is not closed, over a build of the app.</summary>
    public static async Task PlayAsync(IBrowser browser, string web, Func<World, Task> play, Func<RelayOptions, RelayOptions>? change = null)
    {
        var console = await ConsoleWorld.StartAsync(withRelay: false);
        var options = new RelayOptions
        {
            DataFolder = console["relay"],
            WebFolder = web,
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ListenTcp = null,
            ReserveBytes = 0,
        };
        await using var world = new World(browser, console, change?.Invoke(options) ?? options);
        await world.StartRelayAsync();
        try
        {
            await play(world);
            world.NothingWentWrong();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(await world.DescribeAsync(), failure);
        }
    }

    /// <summary>Somebody with a browser.</summary>
    public async Task<Person> PersonAsync(string name, Screen screen, Action<BrowserNewContextOptions>? change = null, string? host = null)
    {
        var options = new BrowserNewContextOptions
        {
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
            HasTouch = screen == Screen.Phone,
            Permissions = ["clipboard-write"],
        };
        change?.Invoke(options);
        var context = await _browser.NewContextAsync(options);
        if (!HasServiceWorkers)
            await context.AddInitScriptAsync(NoServiceWorkers);
        return Add(new Person(host ?? Address, name, context, await context.NewPageAsync()));
    }

    /// <summary>Somebody whose browser was started for them.</summary>
    public async Task<Person> PersonAsync(string name, IBrowserContext context) =>
        Add(new Person(Address, name, context, context.Pages.Count > 0 ? context.Pages[0] : await context.NewPageAsync()));

    /// <summary>Somebody with an identity and no chats yet.</summary>
    public async Task<Person> NewcomerAsync(string name, Screen screen)
    {
        var person = await PersonAsync(name, screen);
        await person.VisitAsync();
        await person.CreateAsync();
        return person;
    }

    /// <summary>Two people in a chat of theirs; the first made it, and calls it by the other's name.</summary>
    public async Task<(Person Alice, Person Bob)> PairAsync(Screen first, Screen second)
    {
        var alice = await NewcomerAsync("Alice", first);
        var link = await alice.MakeChatAsync("Bob");
        var bob = await PersonAsync("Bob", second);
        await bob.VisitAsync(link);
        await bob.CreateAsync();
        await bob.JoinAsync("Alice");
        await bob.WriteAsync("Hello from Bob.");
        await alice.HearsAsync("Hello from Bob.");
        return (alice, bob);
    }

    /// <summary>Runs the console; its stores are in a folder of this world.</summary>
    public Task<ConsoleRun> ConsoleAsync(string line, params string[] input) => _console.TypeAsync(line, input);

    /// <summary>Runs the console, which must succeed.</summary>
    public async Task<string> ConsoleSaysAsync(string line, params string[] input)
    {
        var run = await ConsoleAsync(line, input);
        Assert.True(run.Code == 0, $"{line}: {run.Code}\n{run.Output}{run.Error}");
        return run.Output;
    }

    /// <summary>A path in the folder of this world.</summary>
    public string this[string name] => _console[name];

    public async Task StartRelayAsync(string? webFolder = null)
    {
        _options = _options with { WebFolder = webFolder ?? _options.WebFolder };
        _relay = await RelayHost.StartAsync(_options, CancellationToken.None);
        _options = _options with { Listen = _relay.LocalEndpoint };
        _console.Variables["SECRETS_RELAY"] = Address;
    }

    /// <summary>From here on pages may complain that their relay is away, and of nothing else.</summary>
    public async Task StopRelayAsync()
    {
        foreach (var person in _people)
            person.RelayWasAway = true;
        if (_relay is not null)
            await _relay.DisposeAsync();
        _relay = null;
    }

    /// <summary>No page had an error, a refused load, a header that is missing or a word with another host.</summary>
    public void NothingWentWrong() => Assert.Empty(_people.SelectMany(person => person.Faults));

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
            await person.Context.CloseAsync();
        await StopRelayAsync();
        await _console.DisposeAsync();
    }

    private Person Add(Person person)
    {
        _people.Add(person);
        return person;
    }

    private async Task<string> DescribeAsync()
    {
        var name = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "test").Split('.')[^1].Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        var seen = new StringBuilder("What everybody saw:\n");
        foreach (var person in _people)
            _ = seen.Append(await person.DescribeAsync(Path.Combine(Tree.Failures, $"{name}-{person.Name}")));
        return seen.ToString();
    }
}
