using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>An identity as a file: out of a browser and into one.</summary>
public sealed class MovingTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task An_identity_moves_from_a_browser_to_the_console() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Desk);
        await alice.ExportAsync(world["alice.s2"], move: true);
        await alice.SeesAsync("export-done-move");
        await alice.SeesAsync("banner-retired");

        _ = await world.ConsoleSaysAsync($"identity import {world["alice.s2"]} --store alice", Person.Password);
        _ = await world.ConsoleSaysAsync("sync --store alice", Person.Password);
        Assert.Contains("Hello from Bob.", await world.ConsoleSaysAsync("read Bob --store alice", Person.Password), StringComparison.Ordinal);
        _ = await world.ConsoleSaysAsync("send Bob \"From the console now.\" --store alice", Person.Password);
        await bob.HearsAsync("From the console now.");
        await bob.NoticesAsync("they-returned", "Alice");

        // what is left in the browser can be taken away, and nothing else
        _ = await alice.Page.ReloadAsync();
        await alice.SeesAsync("identity-retired");
        await alice.PressAsync("remove-copy");
        await alice.Page.Locator("dialog .danger").ClickAsync();
        await alice.SeesAsync("home-what");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task An_identity_moves_from_the_console_to_a_browser() => World.PlayAsync(browser, async world =>
    {
        _ = await world.ConsoleSaysAsync("identity create --name Alice --store alice", "console password");
        var bob = await world.NewcomerAsync("Bob", Screen.Desk);
        _ = await bob.MakeChatAsync("Alice");
        _ = await world.ConsoleSaysAsync("chat join --name Bob --store alice", "console password", await bob.SecretAsync());
        _ = await world.ConsoleSaysAsync("send Bob \"From the console.\" --store alice", "console password");
        await bob.HearsAsync("From the console.");
        await bob.WriteAsync("Hello from a browser.");
        await bob.IsInStateAsync("Hello from a browser.", "sent");
        _ = await world.ConsoleSaysAsync("sync --store alice", "console password");
        _ = await world.ConsoleSaysAsync($"identity export {world["alice.s2"]} --move --store alice", "console password");

        var alice = await world.PersonAsync("Alice", Screen.Phone);
        await alice.VisitAsync();
        await alice.ImportAsync(world["alice.s2"], "console password");
        await alice.OpenChatAsync("Bob");
        await alice.Message("From the console.").WaitForAsync();
        await alice.NoticesAsync("you-returned", "Bob");
        await bob.NoticesAsync("they-returned", "Alice");
        await alice.WriteAsync("From a browser now.");
        await bob.HearsAsync("From a browser now.");
        await bob.WriteAsync("Welcome back.");
        await alice.HearsAsync("Welcome back.");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_backup_that_is_imported_while_the_first_copy_goes_on_stops_the_first_copy() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Desk);
        await alice.ExportAsync(world["alice.s2"]);
        await alice.SeesAsync("export-done-backup");

        var again = await world.PersonAsync("Alice again", Screen.Phone);
        await again.VisitAsync();
        await again.ImportAsync(world["alice.s2"]);
        await again.OpenChatAsync("Bob");
        await bob.NoticesAsync("they-returned", "Alice");
        await again.WriteAsync("From my new device.");
        await bob.HearsAsync("From my new device.");

        await alice.SeesAsync("banner-copy");
        await alice.Chat("Bob").ClickAsync();
        await alice.NoticesAsync("copy-in-use", "Bob");
        await Expect(alice.Composer).ToHaveCountAsync(0);
        await alice.PressAsync("banner-copy-more");
        await alice.SeesAsync("export-what");
    });
}
