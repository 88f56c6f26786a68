using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Everything that another person can write is text, and stays text.</summary>
public sealed class HostileTextTests(Browser browser)
{
    private const string HostileName = "<img src=x onerror=window.ran=1>";

    private static readonly string[] HostileTexts =
    [
        "<img src=x onerror=window.ran=1>",
        "<script>window.ran=1</script>",
        "<svg onload=window.ran=1><a href=javascript:window.ran=1>a</a></svg>",
        "\"><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
        "{{constructor.constructor('window.ran=1')()}} ${window.ran=1}",
    ];

    [Fact]
    public Task Nothing_that_another_person_writes_is_taken_for_more_than_text() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Phone);
        var link = await alice.MakeChatAsync(HostileName);
        var mallory = await world.PersonAsync(HostileName, Screen.Desk);
        await mallory.VisitAsync(link);
        await mallory.CreateAsync();
        await mallory.JoinAsync("Alice");
        foreach (var text in HostileTexts)
        {
            await mallory.WriteAsync(text);
            await alice.HearsAsync(text);
        }
        await alice.NoticesAsync("they-joined", HostileName);
        await alice.PressAsync("chat-settings");
        await Expect(alice.Page.Locator(".details .name", new() { HasText = HostileName }).First).ToBeVisibleAsync();
        await alice.PressAsync("back");
        await alice.ToListAsync();
        await Expect(alice.Chat(HostileName)).ToBeVisibleAsync();
        await NothingRanAsync(alice);
        await NothingRanAsync(mallory);
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task Text_that_hides_or_turns_around_is_shown_as_what_it_is() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Desk);
        await bob.SayAsync("photo\u202Egpj.exe");
        await alice.HearsAsync("photogpj.exe");
        await bob.SayAsync("in\u200Bvis\u2060ible");
        await alice.HearsAsync("invisible");
        await bob.WriteAsync("see javascript:window.ran=1 and data:text/html,x");
        await alice.HearsAsync("see javascript:window.ran=1");
        await Expect(alice.Message("see javascript").Locator("a")).ToHaveCountAsync(0);
        await bob.WriteAsync("log in at https://bank.example@evil.example/x");
        await alice.HearsAsync("log in at");
        var leads = alice.Message("log in at").Locator("a");
        await Expect(leads).ToHaveAttributeAsync("rel", "noreferrer noopener");
        await Expect(alice.Message("log in at").Locator(".real-host")).ToContainTextAsync("evil.example");
        var shown = await alice.Page.Locator(".log").InnerTextAsync();
        Assert.DoesNotContain('\u202E', shown);
        Assert.DoesNotContain('\u200B', shown);
        await NothingRanAsync(alice);
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_name_of_an_identity_that_was_imported_is_text_too() => World.PlayAsync(browser, async world =>
    {
        _ = await world.ConsoleSaysAsync($"identity create --name \"{HostileName}\" --store mallory", Person.Password);
        _ = await world.ConsoleSaysAsync($"identity export {world["mallory.s2"]} --store mallory", Person.Password);
        var mallory = await world.PersonAsync("Mallory", Screen.Desk);
        await mallory.VisitAsync();
        await mallory.ImportAsync(world["mallory.s2"]);
        await Expect(mallory.Page.Locator(".identity-button")).ToContainTextAsync(HostileName);
        await mallory.PickAsync("lock-now");
        await Expect(mallory.Page.Locator(".unlock-name")).ToHaveTextAsync(HostileName);
        await NothingRanAsync(mallory);
    });

    private static async Task NothingRanAsync(Person person)
    {
        Assert.False(await person.Page.EvaluateAsync<bool>("'ran' in window"), $"{person.Name}’s page ran what somebody wrote");
        await Expect(person.Page.Locator("#app img, #app iframe, #app script, #app object, #app [onerror], #app [onload], #app a[href^='javascript' i], #app a[href^='data' i]")).ToHaveCountAsync(0);
    }
}
