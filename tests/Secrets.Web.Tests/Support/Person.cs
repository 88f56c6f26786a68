using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Secrets.Web.Tests.Support.Catalogue;

namespace Secrets.Web.Tests.Support;

/// <summary>Somebody who uses the app: everything goes over what is on the screen, by its words.</summary>
internal sealed class Person
{
    public const string Password = "orbit velvet canyon";

    private readonly World _world;
    private readonly Witness _witness;

    public Person(World world, string name, IBrowserContext context, IPage page)
    {
        _world = world;
        Name = name;
        Context = context;
        Page = page;
        context.SetDefaultTimeout(Browser.Patience);
        _witness = new Witness(name, world.Address, context);
    }

    public string Name { get; }

    public IBrowserContext Context { get; }

    /// <summary>The tab that they look at.</summary>
    public IPage Page { get; set; }

    public bool RelayWasAway { set => _witness.RelayWasAway |= value; }

    public IReadOnlyList<string> Faults => _witness.Faults;

    public ILocator Composer => Page.GetByLabel(Text("write"), new() { Exact = true });

    public Task VisitAsync(string? address = null) => Page.GotoAsync(address ?? _world.Address);

    public ILocator Button(string id) => Page.GetByRole(AriaRole.Button, new() { Name = Text(id), Exact = true }).First;

    public Task PressAsync(string id) => Button(id).ClickAsync();

    public Task PressSubmitAsync() => Page.Locator("form button[type=submit]").First.ClickAsync();

    public ILocator Field(string id) => Page.GetByLabel(Text(id), new() { Exact = true });

    public Task FillAsync(string id, string text) => Field(id).FillAsync(text);

    /// <summary>Waits until a sentence of the app is on the screen.</summary>
    public Task SeesAsync(string id, params (string Name, string Value)[] arguments) =>
        Expect(Page.GetByText(Text(id, arguments), new() { Exact = true }).Filter(new() { Visible = true }).First).ToBeVisibleAsync();

    public Task SeesNotAsync(string id, params (string Name, string Value)[] arguments) =>
        Expect(Page.GetByText(Text(id, arguments), new() { Exact = true }).Filter(new() { Visible = true })).ToHaveCountAsync(0);

    /// <summary>From the first screen to an open identity.</summary>
    public async Task CreateAsync()
    {
        await PressAsync("create-identity");
        await FillAsync("create-name", Name);
        await FillAsync("create-password", Password);
        await PressSubmitAsync();
        await Page.Locator(".shell").WaitForAsync();
    }

    /// <summary>A new chat, whose secret is handed over as a link.</summary>
    public async Task<string> MakeChatAsync(string chat)
    {
        await PressAsync("new-chat");
        await FillAsync("new-chat-name", chat);
        await PressAsync("new-chat-make");
        await Expect(Page.GetByRole(AriaRole.Img, new() { Name = Text("secret-qr") })).ToBeVisibleAsync();
        await Expect(Page.GetByText(Text("secret-not-yet"))).ToHaveCountAsync(0);
        return _world.Address + "#" + await SecretAsync();
    }

    /// <summary>The secret that is on the screen, as text.</summary>
    public async Task<string> SecretAsync()
    {
        if (!await Page.Locator(".secret-text").IsVisibleAsync())
            await Page.GetByText(Text("secret-as-text"), new() { Exact = true }).ClickAsync();
        return (await Page.Locator(".secret-text").InnerTextAsync()).Trim();
    }

    /// <summary>The form for somebody's secret, which is filled in already.</summary>
    public async Task JoinAsync(string name, bool direct = false)
    {
        await FillAsync("join-name", name);
        if (direct)
            await Field("join-direct").CheckAsync();
        await PressAsync("join-start");
        await Composer.WaitForAsync();
    }

    /// <summary>Says something and looks at it.</summary>
    public async Task WriteAsync(string text)
    {
        await SayAsync(text);
        await Message(text).WaitForAsync();
    }

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    public ILocator Message(string text) => Page.Locator(".message").Filter(new() { Has = Page.Locator(".text", new() { HasText = text }) }).First;

    public Task HearsAsync(string text) => Page.Locator(".message.theirs").Filter(new() { HasText = text }).First.WaitForAsync();

    /// <summary>Waits until an own message is in a state: waiting, sent or received.</summary>
    public Task IsInStateAsync(string text, string state) =>
        Expect(Message(text)).ToHaveAttributeAsync("aria-label", new Regex(Regex.Escape(Isolated(Text("state-" + state))) + "$"));

    public Task NoticesAsync(string notice, string who) =>
        Expect(Page.Locator(".notice").Filter(new() { HasText = Text("notice-" + notice, ("who", who)) }).First).ToBeVisibleAsync();

    public ILocator Chat(string name) => Page.Locator(".chat-item").Filter(new() { HasText = name }).First;

    public async Task OpenChatAsync(string name)
    {
        await Chat(name).ClickAsync();
        await Composer.WaitForAsync();
    }

    public async Task UnlockAsync()
    {
        await FillAsync("password", Password);
        await PressAsync("unlock");
        await Page.Locator(".shell").WaitForAsync();
    }

    /// <summary>Something in the menu behind the identity's name; on a phone it is over the list.</summary>
    public async Task PickAsync(string id)
    {
        await ToListAsync();
        await Page.Locator(".identity-button").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = Text(id), Exact = true }).ClickAsync();
    }

    /// <summary>Up to the list of chats.</summary>
    public async Task ToListAsync()
    {
        for (var steps = 0; steps < 3 && !await Page.Locator(".identity-button").IsVisibleAsync(); steps++)
            await PressAsync("back");
    }

    /// <summary>Exports, and keeps the file.</summary>
    public async Task ExportAsync(string path, bool move = false)
    {
        await PickAsync("export-identity");
        if (move)
            await Page.GetByRole(AriaRole.Radio, new() { Name = Text("export-move") }).CheckAsync();
        await FillAsync("export-password", Password);
        var download = await Page.RunAndWaitForDownloadAsync(() => PressSubmitAsync());
        await download.SaveAsAsync(path);
    }

    public async Task ImportAsync(string path, string password = Password)
    {
        await PressAsync("import-identity");
        await ImportFileAsync(path, password);
        await Page.Locator(".shell").WaitForAsync();
    }

    /// <summary>Fills in the form of the import and sends it off.</summary>
    public async Task ImportFileAsync(string path, string password)
    {
        await Page.Locator("input[type=file]").SetInputFilesAsync(path);
        await FillAsync("import-file-password", password);
        await PressSubmitAsync();
    }

    /// <summary>Waits until the service worker has kept the whole app.</summary>
    public Task WorksOfflineAsync() => Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; while (navigator.serviceWorker.controller === null) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })); }");

    /// <summary>What is on their screen, as a picture and as words.</summary>
    public async Task<string> DescribeAsync(string path)
    {
        try
        {
            _ = await Page.ScreenshotAsync(new() { Path = path + ".png", Timeout = 5000 });
            var words = await Page.Locator("body").InnerTextAsync(new() { Timeout = 5000 });
            return $"--- {Name} ({path}.png)\n{words}\n{string.Join('\n', Faults)}\n";
        }
        catch (Exception failure) when (failure is PlaywrightException or TimeoutException)
        {
            return $"--- {Name}: no screen any more\n{string.Join('\n', Faults)}\n";
        }
    }
}
