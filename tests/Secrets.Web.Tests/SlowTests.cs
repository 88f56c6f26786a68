using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>A slow line, and a slow processor.</summary>
public sealed class SlowTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task The_first_path_works_over_a_slow_line_on_a_slow_phone() => World.PlayAsync(browser, async world =>
    {
        await using var line = new SlowLine(world.Address);
        var alice = await world.PersonAsync("Alice", Screen.Phone, host: line.Address);
        var debugger = await alice.Context.NewCDPSessionAsync(alice.Page);
        _ = await debugger.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await alice.VisitAsync();
        await alice.CreateAsync();
        var link = await alice.MakeChatAsync("Bob");
        var bob = await world.PersonAsync("Bob", Screen.Desk, host: line.Address);
        await bob.VisitAsync(link);
        await bob.CreateAsync();
        await bob.JoinAsync("Alice");
        await bob.WriteAsync("It takes a while here.");
        await alice.HearsAsync("It takes a while here.");
        await alice.WriteAsync("Here as well.");
        await bob.HearsAsync("Here as well.");
        _ = await alice.Page.ReloadAsync();
        await alice.UnlockAsync();
        await alice.OpenChatAsync("Bob");
        await alice.Message("Here as well.").WaitForAsync();
        await Expect(alice.Composer).ToBeVisibleAsync();
    });
}
