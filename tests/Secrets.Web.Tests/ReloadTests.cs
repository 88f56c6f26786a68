using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Reload at every step, and the buttons for back and forward.</summary>
public sealed class ReloadTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task A_reload_at_each_step_of_making_and_joining_a_chat_loses_nothing() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Phone);
        await alice.VisitAsync();
        await alice.PressAsync("create-identity");
        await alice.FillAsync("create-name", "Alice");
        _ = await alice.Page.ReloadAsync();
        await alice.CreateAsync();

        await ReloadAsync(alice);
        await alice.PressAsync("new-chat");
        await alice.FillAsync("new-chat-name", "Not yet made");
        await ReloadAsync(alice);
        await Expect(alice.Chat("Not yet made")).ToHaveCountAsync(0);
        var link = await alice.MakeChatAsync("Bob");
        await ReloadAsync(alice);
        await alice.OpenChatAsync("Bob");
        Assert.Equal(link.Split('#')[1], await alice.SecretAsync());

        var bob = await world.PersonAsync("Bob", Screen.Phone);
        await bob.VisitAsync(link);
        await bob.SeesAsync("link-waits-create");
        // the link is nowhere any more: it is opened again
        _ = await bob.Page.ReloadAsync();
        await bob.SeesAsync("home-what");
        await bob.SeesNotAsync("link-waits-create");
        await bob.VisitAsync(link);
        await bob.CreateAsync();
        await bob.SeesAsync("join-link");
        await ReloadAsync(bob);
        await bob.VisitAsync(link);
        await bob.JoinAsync("Alice");
        await ReloadAsync(bob);
        await bob.OpenChatAsync("Alice");
        await bob.WriteAsync("Still here.");
        await ReloadAsync(alice);
        await alice.OpenChatAsync("Bob");
        await alice.HearsAsync("Still here.");
        await ReloadAsync(bob);
        await bob.OpenChatAsync("Alice");
        await bob.Message("Still here.").WaitForAsync();
        await bob.IsInStateAsync("Still here.", "sent");
    });

    [Theory]
    [MemberData(nameof(Screen.Walked), MemberType = typeof(Screen))]
    public Task Back_and_forward_lead_through_the_panes(int width) => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Of(width));
        _ = await alice.MakeChatAsync("Bob");
        await alice.PressAsync("chat-settings");
        var settings = alice.Page.Locator(".details");
        await settings.WaitForAsync();

        _ = await alice.Page.GoBackAsync();
        await Expect(settings).ToHaveCountAsync(0);
        await Expect(alice.Composer).ToBeVisibleAsync();
        _ = await alice.Page.GoBackAsync();
        await Expect(alice.Composer).ToHaveCountAsync(0);
        await Expect(alice.Chat("Bob")).ToBeVisibleAsync();
        _ = await alice.Page.GoForwardAsync();
        await Expect(alice.Composer).ToBeVisibleAsync();
        _ = await alice.Page.GoForwardAsync();
        await Expect(settings).ToBeVisibleAsync();
        await alice.PressAsync("back");
        await Expect(settings).ToHaveCountAsync(0);

        // what is locked stays locked behind the back button
        await alice.PickAsync("lock-now");
        await alice.Field("password").WaitForAsync();
        _ = await alice.Page.GoBackAsync();
        await Expect(alice.Field("password")).ToBeVisibleAsync();
        await Expect(alice.Page.Locator(".shell")).ToHaveCountAsync(0);
    });

    private static async Task ReloadAsync(Person person)
    {
        _ = await person.Page.ReloadAsync();
        await person.UnlockAsync();
    }
}
