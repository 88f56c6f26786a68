using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>The service worker: the app without a network, and a newer app that asks before it comes in.</summary>
public sealed class InstalledTests(Browser browser)
{
    [Fact]
    public Task After_the_first_visit_the_app_starts_without_a_network() => World.PlayAsync(browser, async world =>
    {
        world.HasServiceWorkers = true;
        var (alice, bob) = await world.PairAsync(Screen.Phone, Screen.Desk);
        await alice.WorksOfflineAsync();
        await bob.Context.CloseAsync();
        await world.StopRelayAsync();
        _ = await alice.Page.ReloadAsync();
        await alice.UnlockAsync();
        await alice.SeesAsync("banner-offline");
        await alice.OpenChatAsync("Bob");
        await alice.HearsAsync("Hello from Bob.");
        // parts that are loaded when they are needed are there, too
        await alice.PickAsync("identity-and-settings");
        await alice.Page.GetByLabel(Catalogue.Text("language"), new() { Exact = true }).SelectOptionAsync("de");
        await Expect(alice.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_newer_version_asks_before_it_reloads_and_waits_for_a_draft() => World.PlayAsync(browser, async world =>
    {
        world.HasServiceWorkers = true;
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Desk);
        await alice.WorksOfflineAsync();
        await OtherBuild.MakeLaterAsync(browser.CheapWeb, world["later"]);
        await world.StopRelayAsync();
        await world.StartRelayAsync(world["later"]);
        await alice.Composer.FillAsync("Half a sen");
        var asked = alice.Page.EvaluateAsync("async () => { await (await navigator.serviceWorker.getRegistration()).update(); }");
        await alice.SeesAsync("update-waits");
        await asked;
        await Expect(alice.Button("update-now")).ToHaveCountAsync(0);
        await Expect(alice.Composer).ToHaveValueAsync("Half a sen");
        Assert.Equal(0, await alice.Page.Locator("meta[name=generation]").CountAsync());

        await alice.WriteAsync("Half a sentence, now whole.");
        await bob.HearsAsync("now whole");
        await alice.SeesAsync("update-ready");
        await alice.PressAsync("update-now");
        await alice.UnlockAsync();
        Assert.Equal(1, await alice.Page.Locator("meta[name=generation]").CountAsync());
        await alice.OpenChatAsync("Bob");
        await alice.Message("now whole").WaitForAsync();
    });
}
