using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>What two people do who have never heard of keys.</summary>
public sealed class FirstPathTests(Browser browser)
{
    // the app as it is built, with what passwords cost there
    [Theory]
    [MemberData(nameof(Screen.Walked), MemberType = typeof(Screen))]
    public Task A_link_leads_two_newcomers_into_a_chat(int width) => World.PlayAsync(browser.Chromium, Tree.Web, async world =>
    {
        world.HasServiceWorkers = true;
        var alice = await world.PersonAsync("Alice", Screen.Of(width));
        await alice.VisitAsync();
        await alice.SeesAsync("home-what");
        await alice.CreateAsync();
        var link = await alice.MakeChatAsync("Lunch");
        await alice.PressAsync("copy-link");
        await alice.SeesAsync("copied");
        await alice.WriteAsync("Are you there?");
        await alice.IsInStateAsync("Are you there?", "waiting");
        await alice.SeesAsync("waiting-guest");

        var bob = await world.PersonAsync("Bob", Screen.Of(width));
        await bob.VisitAsync(link);
        await bob.SeesAsync("link-waits-create");
        Assert.Equal(world.Address, bob.Page.Url);
        await NoHistoryHasAsync(bob, link);

        await bob.CreateAsync();
        await bob.SeesAsync("join-link");
        await bob.JoinAsync("Alice");
        await bob.HearsAsync("Are you there?");
        await alice.IsInStateAsync("Are you there?", "sent");
        await alice.NoticesAsync("they-joined", "Bob");

        // that something was received is told with the next message, else a good while later
        await bob.WriteAsync("Yes, here.");
        await alice.HearsAsync("Yes, here.");
        await alice.IsInStateAsync("Are you there?", "received");
        await alice.WriteAsync("Noodles at one?");
        await bob.HearsAsync("Noodles at one?");
        await bob.IsInStateAsync("Yes, here.", "received");
        await bob.SeesAsync("trust-not-verified");
        Assert.Equal(world.Address, bob.Page.Url);
        await NoHistoryHasAsync(bob, link);
        await FitsAsync(alice);
        await FitsAsync(bob);
    });

    // the browser's own list: the page sees only how long it is
    private static async Task NoHistoryHasAsync(Person person, string link)
    {
        var session = await person.Context.NewCDPSessionAsync(person.Page);
        var history = await session.SendAsync("Page.getNavigationHistory");
        foreach (var entry in history!.Value.GetProperty("entries").EnumerateArray())
            Assert.DoesNotContain(link.Split('#')[1], entry.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret1", await person.Page.TitleAsync(), StringComparison.Ordinal);
        await session.DetachAsync();
    }

    private static async Task FitsAsync(Person person)
    {
        await Expect(person.Composer).ToBeInViewportAsync();
        Assert.Equal(0, await person.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
    }
}
