using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Two tabs of one browser: one engine, two windows on it.</summary>
public sealed class TabsTests(Browser browser)
{
    [Fact]
    public Task The_second_tab_is_a_live_view_of_the_first() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Desk);
        var first = alice.Page;
        var second = await SecondTabAsync(alice);
        await alice.OpenChatAsync("Bob");
        await alice.HearsAsync("Hello from Bob.");

        await alice.WriteAsync("From the second tab.");
        await bob.HearsAsync("From the second tab.");
        alice.Page = first;
        await alice.IsInStateAsync("From the second tab.", "sent");
        await bob.WriteAsync("To both tabs.");
        await alice.HearsAsync("To both tabs.");
        alice.Page = second;
        await alice.HearsAsync("To both tabs.");

        // locked in one, locked in all
        await alice.PickAsync("lock-now");
        await Expect(second.Locator(".shell")).ToHaveCountAsync(0);
        await Expect(first.Locator(".shell")).ToHaveCountAsync(0);
        await alice.UnlockAsync();
        await Expect(first.Locator(".shell")).ToBeVisibleAsync();
    });

    internal static async Task<Microsoft.Playwright.IPage> SecondTabAsync(Person person)
    {
        person.Page = await person.Context.NewPageAsync();
        await person.VisitAsync();
        await person.Page.Locator(".chat-item").First.WaitForAsync();
        return person.Page;
    }
}

/// <summary>The first tab closes, and the second goes on.</summary>
public sealed class TakeOverTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task The_second_tab_shows_the_unlocked_identity_again_without_asking() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Phone);
        var first = alice.Page;
        _ = await TabsTests.SecondTabAsync(alice);
        await alice.OpenChatAsync("Bob");
        await first.CloseAsync();
        await alice.WriteAsync("The first tab is gone.");
        await bob.HearsAsync("The first tab is gone.");
        await bob.WriteAsync("I did not notice.");
        await alice.HearsAsync("I did not notice.");
        await Expect(alice.Field("password")).ToHaveCountAsync(0);
    });
}
