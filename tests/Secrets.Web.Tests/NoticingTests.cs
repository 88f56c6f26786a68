using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>What the app shows outside of its page: notifications, the count, and the browser's offer to install it.</summary>
public sealed class NoticingTests(Browser browser)
{
    // no headless browser has a window behind another one, an icon, or an offer to install; what the page makes of each is real
    private const string LooksBack = "delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))";
    private const string LooksAway = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })";
    private const string ShowsBadge = "navigator.setAppBadge = async (count) => { globalThis.badge = count; }; navigator.clearAppBadge = async () => { globalThis.badge = 0; };";
    private const string OffersInstall = "const offer = new Event('beforeinstallprompt', { cancelable: true }); offer.prompt = async () => { globalThis.prompted = true; }; dispatchEvent(offer); globalThis.ownBar = !offer.defaultPrevented;";

    [Fact]
    [Trait("Run", "Long")]
    public async Task A_message_while_nobody_looks_is_told_without_a_word_of_it()
    {
        await using var whole = await browser.LaunchWholeAsync();
        await World.PlayAsync(whole, browser.CheapWeb, async world =>
        {
            world.HasServiceWorkers = true;
            var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Phone);
            await alice.Context.GrantPermissionsAsync(["notifications"]);
            await alice.WorksOfflineAsync();
            await alice.PickAsync("identity-and-settings");
            await alice.Field("notify").CheckAsync();
            await alice.Page.EvaluateAsync(ShowsBadge);
            await alice.Page.EvaluateAsync(LooksAway);
            await bob.WriteAsync("Nobody else may read this.");
            await Expect(alice.Page).ToHaveTitleAsync("(1) Secrets");
            await bob.WriteAsync("Nor this.");
            await Expect(alice.Page).ToHaveTitleAsync("(2) Secrets");
            Assert.Equal(2, await alice.Page.EvaluateAsync<int>("globalThis.badge"));
            var told = await alice.Page.EvaluateAsync<string[]>("async () => (await (await navigator.serviceWorker.getRegistration()).getNotifications()).map((n) => `${n.title}: ${n.body}`)");
            Assert.Equal([$"{Catalogue.Text("notification-title")}: {Catalogue.Text("notification-text")}"], told);

            await alice.Page.EvaluateAsync(LooksBack);
            await alice.Chat("Bob").ClickAsync();
            await alice.HearsAsync("Nor this.");
            await Expect(alice.Page).ToHaveTitleAsync("Secrets");
            Assert.Equal(0, await alice.Page.EvaluateAsync<int>("globalThis.badge"));
        });
    }

    [Fact]
    public Task A_browser_that_allows_no_notifications_is_told_of_where_the_person_asked() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Phone);
        await alice.Page.EvaluateAsync("Notification.requestPermission = async () => 'denied'");
        await alice.PickAsync("identity-and-settings");
        await alice.Field("notify").ClickAsync();
        await alice.SeesAsync("notify-denied");
        await Expect(alice.Field("notify")).Not.ToBeCheckedAsync();
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task The_browsers_offer_to_install_waits_for_the_person() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Phone);
        await alice.Page.EvaluateAsync(OffersInstall);
        Assert.False(await alice.Page.EvaluateAsync<bool>("globalThis.ownBar"));
        await alice.PickAsync("install-app");
        await alice.PressAsync("install-now");
        Assert.True(await alice.Page.EvaluateAsync<bool>("globalThis.prompted"));
        await Expect(alice.Button("install-now")).ToHaveCountAsync(0);
    });
}
