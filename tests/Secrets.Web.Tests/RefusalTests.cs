using Microsoft.Playwright;
using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Browsers that refuse what the app asks of them.</summary>
public sealed class RefusalTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task Without_service_workers_all_but_the_start_without_a_network_works() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Phone);
        // as in a private window of Firefox
        await alice.Context.AddInitScriptAsync("delete Navigator.prototype.serviceWorker");
        await alice.VisitAsync();
        await alice.CreateAsync();
        var link = await alice.MakeChatAsync("Bob");
        var bob = await world.PersonAsync("Bob", Screen.Desk);
        await bob.VisitAsync(link);
        await bob.CreateAsync();
        await bob.JoinAsync("Alice");
        await bob.WriteAsync("Without a worker?");
        await alice.HearsAsync("Without a worker?");
        _ = await alice.Page.ReloadAsync();
        await alice.UnlockAsync();
        await alice.OpenChatAsync("Bob");
        await alice.HearsAsync("Without a worker?");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_full_disk_loses_no_text_and_it_goes_out_when_there_is_room_again() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Phone);
        alice.MayComplain = true;
        await FillDiskAsync(alice, true);
        await alice.SayAsync("Is there room for this?");
        await alice.SeesAsync("error-store-write-failed");
        await Expect(alice.Composer).ToHaveValueAsync("Is there room for this?");
        await Expect(alice.Message("Is there room for this?")).ToHaveCountAsync(0);
        await FillDiskAsync(alice, false);
        await alice.Composer.PressAsync("Enter");
        await bob.HearsAsync("Is there room for this?");
        _ = await alice.Page.ReloadAsync();
        await alice.UnlockAsync();
        await alice.OpenChatAsync("Bob");
        await alice.Message("Is there room for this?").WaitForAsync();
    });

    /// <summary>Ends every write as the browser does when the quota is used up: the transaction is aborted.</summary>
    private static async Task FillDiskAsync(Person person, bool isFull)
    {
        foreach (var worker in person.Page.Workers)
            _ = await worker.EvaluateAsync<object?>(isFull
                ? "() => { globalThis.put ??= IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...all) { const asked = globalThis.put.apply(this, all); this.transaction.abort(); return asked; }; }"
                : "() => { IDBObjectStore.prototype.put = globalThis.put; }");
    }

    [Fact]
    public Task A_refused_clipboard_leaves_the_text_to_be_marked() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Phone, options => options.Permissions = []);
        await alice.VisitAsync();
        await alice.CreateAsync();
        _ = await alice.MakeChatAsync("Bob");
        await alice.Page.EvaluateAsync("() => { navigator.clipboard.writeText = async () => { throw new DOMException('', 'NotAllowedError'); }; }");
        await alice.PressAsync("copy-link");
        await alice.SeesAsync("copy-denied");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_clock_that_is_days_wrong_and_is_set_right_again_stops_nobody() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Phone);
        foreach (var days in new[] { 5, -5, 0 })
        {
            await SetClockAsync(alice, days);
            await alice.WriteAsync($"{days} days off.");
            await bob.HearsAsync($"{days} days off.");
            await bob.WriteAsync($"Is it {days}?");
            await alice.HearsAsync($"Is it {days}?");
        }
    });

    /// <summary>Sets the clock of the core; the page's would lock the identity, as after as long a pause.</summary>
    private static async Task SetClockAsync(Person person, int days)
    {
        foreach (var worker in person.Page.Workers)
            _ = await worker.EvaluateAsync<object?>($"() => {{ globalThis.trueNow ??= Date.now; Date.now = () => globalThis.trueNow() + {days} * 86400000; }}");
    }

    [Fact]
    [Trait("Run", "Long")]
    public Task A_link_that_is_opened_while_locked_waits_for_unlocking() => World.PlayAsync(browser, async world =>
    {
        var bob = await world.NewcomerAsync("Bob", Screen.Phone);
        var link = await bob.MakeChatAsync("Alice");
        var alice = await world.NewcomerAsync("Alice", Screen.Desk);
        await alice.PickAsync("lock-now");
        await alice.Field("password").WaitForAsync();
        await alice.VisitAsync(link);
        await alice.SeesAsync("link-waits-unlock");
        Assert.DoesNotContain("secret1", alice.Page.Url, StringComparison.Ordinal);
        await alice.UnlockAsync();
        await alice.JoinAsync("Bob");
        await alice.WriteAsync("I had to unlock first.");
        await bob.HearsAsync("I had to unlock first.");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_second_person_on_the_same_browser_has_an_identity_of_their_own() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Desk);
        _ = await alice.MakeChatAsync("Only for Alice");
        await alice.PickAsync("lock-now");
        await alice.PressAsync("create-another");
        await alice.FillAsync("create-name", "Carol");
        await alice.FillAsync("create-password", "another secret password");
        await alice.PressSubmitAsync();
        await alice.Page.Locator(".shell").WaitForAsync();
        await Expect(alice.Chat("Only for Alice")).ToHaveCountAsync(0);
        await alice.PickAsync("lock-now");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Alice" }).ClickAsync();
        await alice.UnlockAsync();
        await Expect(alice.Chat("Only for Alice")).ToBeVisibleAsync();
    });
}
